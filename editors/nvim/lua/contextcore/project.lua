-- Which files the server is asked about, and where their project begins.

local M = {}

local SETTINGS = { ["contextcore.toml"] = true, ["pyproject.toml"] = true }

-- What the names of payloads between agents say before `.json`.
local PAYLOADS = {
  ["task-span"] = true,
  ["handoff"] = true,
  ["artifact-intent"] = true,
  ["gate-result"] = true,
}

--- The nearest folder upwards that holds a file or folder of this name.
local function nearest(folder, name)
  while not (vim.uv or vim.loop).fs_stat(folder .. "/" .. name) do
    local parent = vim.fn.fnamemodify(folder, ":h")
    if parent == folder then
      return nil
    end
    folder = parent
  end
  return folder
end

--- The globs of the table `contracts.files` in a settings file.
local function globs(settings)
  local found, inside = {}, false
  for _, line in ipairs(vim.fn.readfile(settings)) do
    local section = line:match("^%s*%[([%w%s._-]+)%]")
    if section then
      inside = section == "contracts.files" or section == "tool.contextcore.contracts.files"
    end
    local glob = inside and line:match("^%s*[\"'](.-)[\"']%s*=")
    if glob then
      table.insert(found, glob)
    end
  end
  return found
end

--- Whether the settings of a file's project may say that it is a payload. A file too many is no harm:
--- the server, which reads globs properly, has nothing to say about it.
local function is_chosen(path)
  path = vim.fn.fnamemodify(path, ":p")
  for name in pairs(SETTINGS) do
    local folder = nearest(vim.fn.fnamemodify(path, ":h"), name)
    for _, glob in ipairs(folder and globs(folder .. "/" .. name) or {}) do
      -- `*` stands for slashes too here, so that `**/` may stand for nothing.
      local wide = "*/" .. glob:gsub("^%.?/", ""):gsub("%*%*/", "*"):gsub("/$", "")
      for _, pattern in ipairs({ wide, wide .. "/*" }) do
        if vim.fn.match(path:sub(#folder + 1), vim.fn.glob2regpat(pattern)) >= 0 then
          return true
        end
      end
    end
  end
  return false
end

--- Whether a buffer can hold something that the server reads.
---@param bufnr integer
---@return boolean
function M.concerns(bufnr)
  if vim.bo[bufnr].buftype ~= "" then
    return false
  end
  local path = vim.api.nvim_buf_get_name(bufnr)
  local name = vim.fn.fnamemodify(path, ":t")
  local filetype = vim.bo[bufnr].filetype
  if filetype == "json" then
    return PAYLOADS[name:match("([^.]+)%.json$")] == true or is_chosen(path)
  end
  return filetype ~= "toml" or SETTINGS[name] == true
end

--- The folder that a buffer's server is started for, or nil for a file that stands alone.
---
--- The first marker that is found anywhere upwards decides. That is the repository, if there is one:
--- its server knows the projects inside of it, and a second one would report theirs twice.
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
  for _, marker in ipairs(markers) do
    local root = nearest(folder, marker)
    if root then
      return root
    end
  end
  return nil
end

return M
