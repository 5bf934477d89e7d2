-- `:ContextcoreLog`: what the server and the client wrote down.

local M = {}

--- Where Neovim keeps the messages of all language servers.
---@return string
function M.path()
  local log = require("vim.lsp.log")
  return log.get_filename and log.get_filename() or vim.lsp.get_log_path()
end

function M.run()
  vim.cmd("tabnew " .. vim.fn.fnameescape(M.path()))
  vim.bo.autoread = true
  vim.bo.readonly = true
  vim.cmd("normal! G")
end

return M
