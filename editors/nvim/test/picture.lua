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
  virtual_text = {
    prefix = "■",
    spacing = 2,
    -- The first line says what is wrong; why, and what to do, is in the float of the finding.
    format = function(finding)
      return finding.message:match("[^\n]*")
    end,
  },
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
  -- The float opens above, where there is more room, and leaves the mistake in sight.
  local mistake = vim.fn.search("name: tasks_index")
  vim.fn.search("name: test_results", "b")
  vim.cmd("normal! ww")
  vim.fn.winrestview({ topline = mistake - 24 })
  -- Links to the same places follow, as long as the names of folders are.
  vim.lsp.buf.hover({ max_width = 84, max_height = 14 })
  wait(floating)
  vim.cmd("echo ''")
  vim.cmd("redraw")
  vim.fn.jobstart({ "sh", "-c", os.getenv("CONTEXTCORE_SHOWN") })
end)
