-- Shows what the plugin is for, and says when it is on the screen.
--
-- From the environment: CONTEXTCORE_SHOWN, a command to run then.

vim.o.termguicolors = true
vim.o.background = "dark"
vim.o.number = true
vim.o.signcolumn = "yes:1"
vim.o.cursorline = true
vim.o.showmode = false
vim.o.ruler = false
vim.o.laststatus = 0
vim.o.fillchars = "eob: "
vim.o.scrolloff = 0
if vim.fn.exists("+winborder") == 1 then
  vim.o.winborder = "rounded"
end
vim.diagnostic.config({
  virtual_text = { prefix = "■", spacing = 2 },
  severity_sort = true,
})

local LIMIT_MS = 30000

--- The same in words that are wrong here would make a picture of nothing.
local function wait(condition)
  if not vim.wait(LIMIT_MS, condition, 10) then
    vim.cmd("cquit 1")
  end
end

local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return true
    end
  end
  return false
end

vim.schedule(function()
  vim.cmd("edit contracts/artisan.contract.yaml")
  wait(function()
    return #vim.diagnostic.get(0) > 0 and #require("contextcore.client").list(0) > 0
  end)
  local mistake = vim.fn.search("name: tasks_index")
  vim.fn.search("name: truncation_report")
  vim.cmd("normal! w")
  vim.fn.winrestview({ topline = mistake - 9 })
  vim.lsp.buf.hover()
  wait(floating)
  vim.cmd("echo ''")
  vim.cmd("redraw")
  vim.fn.jobstart({ "sh", "-c", os.getenv("CONTEXTCORE_SHOWN") })
end)
