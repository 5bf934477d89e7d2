-- Starts the server by itself, on every Neovim from 0.7 on.

local M = {}

--- The plugin and the server are released together, under one version.
M.VERSION = "0.1.0"

--- Whether Neovim starts servers by itself, as it does since 0.11.
---@return boolean
function M.native()
  return vim.lsp.config ~= nil and vim.lsp.enable ~= nil
end

--- What a client is started with: `lsp/contextcore.lua` and on top of it what `setup` was given.
---@return table
function M.config()
  if M.native() then
    return vim.lsp.config.contextcore
  end
  local file = vim.api.nvim_get_runtime_file("lsp/contextcore.lua", false)[1]
  return vim.tbl_deep_extend("force", dofile(file), M.options or {})
end

--- Attaches the server to what is open and to what will be opened.
---@param options table|nil as for `vim.lsp.config()`: `cmd`, `settings`, `on_attach` and so on
function M.setup(options)
  M.options = options or {}
  if M.native() then
    vim.lsp.config("contextcore", M.options)
  end
  M.attach_all()
end

--- Attaches the server where it is not attached yet.
function M.attach_all()
  if M.native() then
    vim.lsp.enable("contextcore")
  else
    require("contextcore.autostart").begin(M.config())
  end
end

return M
