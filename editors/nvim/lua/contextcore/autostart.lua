-- What `vim.lsp.enable` does, for versions of Neovim that lack it.

local client = require("contextcore.client")
local project = require("contextcore.project")

local M = {}

local function attach(config, bufnr)
  if not project.concerns(bufnr) then
    return
  end
  if vim.fn.executable(config.cmd[1]) == 0 then
    local message = "contextcore: no program `%s`; see :checkhealth contextcore"
    vim.notify_once(message:format(config.cmd[1]), vim.log.levels.WARN)
    return
  end
  local own = vim.tbl_extend("force", config, { name = client.NAME })
  -- A root that was given as a path is meant; the function is the other versions' way to ask.
  if type(config.root_dir) ~= "string" then
    own.root_dir = project.root(bufnr, config.root_markers)
  end
  -- These versions take what they are given in place of what they can do, and not on top of it.
  own.capabilities = vim.tbl_deep_extend(
    "force",
    vim.lsp.protocol.make_client_capabilities(),
    config.capabilities or {}
  )
  client.start(own, bufnr)
end

---@param config table
function M.begin(config)
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("contextcore", { clear = true }),
    pattern = config.filetypes,
    desc = "attach contextcore-lsp",
    callback = function(event)
      attach(config, event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    local loaded = vim.api.nvim_buf_is_loaded(bufnr)
    if loaded and vim.tbl_contains(config.filetypes, vim.bo[bufnr].filetype) then
      attach(config, bufnr)
    end
  end
end

return M
