-- Runs one case inside a headless Neovim and ends it with what came out.
--
-- A case is a file of `cases` that returns a function. What it sees, it sees through the editor: its
-- diagnostics, windows and buffers. It waits for things to happen, and never for time to pass.

local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
local limit = tonumber(os.getenv("CONTEXTCORE_LIMIT_MS") or "") or 15000

local t = {}

--- Waits until `condition` gives something, and returns it.
function t.wait(what, condition)
  local value
  local came = vim.wait(limit, function()
    value = condition()
    return value ~= nil and value ~= false
  end, 10)
  if not came then
    error(("waited %d ms for %s"):format(limit, what), 0)
  end
  return value
end

--- Fails unless `text` has all of the plain texts in it.
function t.contains(text, ...)
  for _, part in ipairs({ ... }) do
    if not text:find(part, 1, true) then
      error(("`%s` is not in:\n%s"):format(part, text), 2)
    end
  end
end

function t.equal(found, expected, what)
  if not vim.deep_equal(found, expected) then
    local message = "%s is %s and not %s"
    error(message:format(what, vim.inspect(found), vim.inspect(expected)), 2)
  end
end

--- Shows a file, without a server if none wants it.
function t.edit(path)
  vim.cmd("edit " .. vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

--- Shows a file and waits until the server has it too.
function t.open(path)
  local bufnr = t.edit(path)
  t.wait("a server for " .. path, function()
    local client = require("contextcore.client").list(bufnr)[1]
    return client and client.initialized ~= false
  end)
  return bufnr
end

function t.text(bufnr)
  return table.concat(vim.api.nvim_buf_get_lines(bufnr or 0, 0, -1, false), "\n")
end

--- The line number, from 0, of the first line that has the plain text in it, and its column.
function t.find(text, bufnr)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(bufnr or 0, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then
      return number - 1, column - 1
    end
  end
  error(("no line has `%s` in it"):format(text), 2)
end

--- Puts the cursor on the last character of the plain text's first occurrence.
function t.go(text)
  local line, column = t.find(text)
  vim.api.nvim_win_set_cursor(0, { line + 1, column + #text - 1 })
end

--- A finding of a rule whose message has the plain text in it.
function t.finding(rule, text, bufnr)
  for _, finding in ipairs(vim.diagnostic.get(bufnr or 0)) do
    local original = finding.user_data and finding.user_data.lsp or {}
    local code = finding.code or original.code
    if code == rule and finding.message:find(text or "", 1, true) then
      return finding
    end
  end
end

function t.wait_for_finding(rule, text, bufnr)
  return t.wait(("the finding %s %s"):format(rule, text or ""), function()
    return t.finding(rule, text, bufnr)
  end)
end

--- The text of the window that floats above the others.
function t.float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return t.text(vim.api.nvim_win_get_buf(window))
    end
  end
end

function t.close_floats()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      vim.api.nvim_win_close(window, true)
    end
  end
end

--- Has the editor's menus choose the first entry that fits, and remembers what they offered.
function t.choose(fits)
  local menu = { offered = {} }
  vim.ui.select = function(items, options, on_choice)
    for index, item in ipairs(items) do
      local label = options.format_item and options.format_item(item) or tostring(item)
      table.insert(menu.offered, label)
      if not menu.chosen and fits(label) then
        menu.chosen = label
        on_choice(item, index)
      end
    end
  end
  return menu
end

local function run()
  local case = os.getenv("CONTEXTCORE_CASE")
  local fine, problem = xpcall(function()
    dofile(here .. "/cases/" .. case .. ".lua")(t)
  end, function(message)
    return type(message) == "string" and message or vim.inspect(message)
  end)
  if fine and vim.v.errmsg ~= "" then
    fine, problem = false, "the editor showed an error: " .. vim.v.errmsg
  end
  io.stdout:write(fine and "passed\n" or ("failed: " .. problem .. "\n"))
  -- A server that hangs must not keep the editor from ending.
  local client = require("contextcore.client")
  for _, one in ipairs(client.list()) do
    client.call(one, "stop", true)
  end
  vim.cmd(fine and "qall!" or "cquit 1")
end

-- Once the editor has begun, as it has when people use it.
vim.schedule(run)
