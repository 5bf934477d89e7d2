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

-- Links to the same places follow in a hover, as long as the names of folders are.
local FLOAT = { border = "rounded", max_width = 84, max_height = 14 }

if vim.fn.has("nvim-0.11") == 0 then
  -- Floats of these versions are told how to look beforehand.
  vim.lsp.handlers["textDocument/hover"] = vim.lsp.with(vim.lsp.handlers.hover, FLOAT)
end
if vim.fn.has("nvim-0.10") == 0 then
  -- The colours that later versions have by themselves.
  for group, colours in pairs({
    Normal = { fg = "#e0e2ea", bg = "#14161b" },
    NormalFloat = { fg = "#e0e2ea", bg = "#07080d" },
    FloatBorder = { fg = "#e0e2ea", bg = "#07080d" },
    LineNr = { fg = "#4f5258" },
    CursorLine = { bg = "#2c2e33" },
    CursorLineNr = { fg = "#e0e2ea", bold = true },
    SignColumn = {},
    Identifier = { fg = "#a6dbff" },
    Special = { fg = "#8cf8f7" },
    DiagnosticError = { fg = "#ffc0b9" },
    DiagnosticWarn = { fg = "#fce094" },
    DiagnosticUnderlineError = { sp = "#ffc0b9", underline = true },
    DiagnosticUnderlineWarn = { sp = "#fce094", underline = true },
  }) do
    vim.api.nvim_set_hl(0, group, colours)
  end
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

local function show()
  vim.lsp.buf.hover(FLOAT)
  wait(floating)
  vim.cmd("echo ''")
  vim.cmd("redraw")
  vim.fn.jobstart({ "sh", "-c", os.getenv("CONTEXTCORE_SHOWN") })
end

vim.schedule(function()
  vim.cmd("edit contracts/artisan.contract.yaml")
  wait(function()
    return #vim.diagnostic.get(0) > 0 and #require("contextcore.client").list(0) > 0
  end)
  -- Neovim closes a hover when it notices that the cursor has moved, so it has to notice before.
  vim.api.nvim_create_autocmd("CursorMoved", {
    once = true,
    callback = function()
      vim.schedule(show)
    end,
  })
  -- The float opens above, where there is more room, and leaves the mistake in sight.
  local mistake = vim.fn.search("name: tasks_index")
  vim.fn.search("name: test_results", "b")
  vim.cmd("normal! ww")
  vim.fn.winrestview({ topline = mistake - 24 })
end)
