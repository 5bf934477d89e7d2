-- Which files the server is asked about, and where their project begins.

local M = {}

local SETTINGS = { ["contextcore.toml"] = true, ["pyproject.toml"] = true }

local function readable(path)
  return (vim.uv or vim.loop).fs_stat(path) ~= nil
end

--- A `pyproject.toml` without our table is no settings file, and the server passes it by too.
local function has_our_table(path)
  local found = false
  local file = io.open(path, "r")
  if file then
    for line in file:lines() do
      found = found or line:find("^%s*%[+%s*tool%s*%.%s*contextcore") ~= nil
    end
    file:close()
  end
  return found
end

--- Whether a buffer can hold something that the server reads.
---@param bufnr integer
---@return boolean
function M.concerns(bufnr)
  if vim.bo[bufnr].buftype ~= "" then
    return false
  end
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ":t")
  return vim.bo[bufnr].filetype ~= "toml" or SETTINGS[name] == true
end

--- The nearest folder upwards for which `holds` is true of one of the markers.
local function nearest(folder, markers, holds)
  while true do
    for _, marker in ipairs(markers) do
      if holds(marker, folder .. "/" .. marker) then
        return folder
      end
    end
    local parent = vim.fn.fnamemodify(folder, ":h")
    if parent == folder then
      return nil
    end
    folder = parent
  end
end

--- The folder where the project of a buffer begins, or nil for a file that stands alone.
---
--- The server looks for the nearest settings and goes no further than the repository. The same is
--- done here, so that one project never has two servers that report everything twice.
---@param bufnr integer
---@param markers string[]
---@return string|nil
function M.root(bufnr, markers)
  local name = vim.api.nvim_buf_get_name(bufnr)
  -- Git's old versions, remote files and the like have names that are no paths.
  if name == "" or name:find("^%a[%w+.-]+://") then
    return nil
  end
  local folder = vim.fn.fnamemodify(name, ":p:h")
  return nearest(folder, markers, function(marker, path)
    return readable(path) and (marker ~= "pyproject.toml" or has_our_table(path))
  end) or nearest(folder, markers, function(_, path)
    return readable(path)
  end)
end

return M
