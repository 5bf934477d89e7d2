-- Starts the plugin in a Neovim without any settings of its own, as its manual tells users to.
--
-- From the environment: CONTEXTCORE_PLUGIN, the folder of the plugin; CONTEXTCORE_SERVER, the
-- server's path; CONTEXTCORE_START, "enable" or "setup".

vim.o.swapfile = false
vim.o.shadafile = "NONE"
vim.opt.runtimepath:append(os.getenv("CONTEXTCORE_PLUGIN"))

local command = { os.getenv("CONTEXTCORE_SERVER"), "server" }
if os.getenv("CONTEXTCORE_START") == "enable" then
  vim.lsp.config("contextcore", { cmd = command })
  vim.lsp.enable("contextcore")
else
  require("contextcore").setup({ cmd = command })
end
