-- `:ContextcoreExplain`: the manual page of a rule, in a window of its own.

local client = require("contextcore.client")

local M = {}

M.COMMAND = "contextcore.explainRule"

local function complain(message)
  vim.notify("contextcore: " .. message, vim.log.levels.WARN)
end

--- Shows a page in a split; the page is read, left with `q`, and gone.
local function show(rule, page)
  local name = "contextcore://rules/" .. rule
  local bufnr = vim.fn.bufnr("^" .. vim.fn.escape(name, "/") .. "$")
  if bufnr == -1 then
    bufnr = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(bufnr, name)
    vim.bo[bufnr].bufhidden = "wipe"
    vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, vim.split(vim.trim(page), "\r?\n"))
    vim.bo[bufnr].modifiable = false
  end
  local window = vim.fn.bufwinid(bufnr)
  if window ~= -1 then
    vim.api.nvim_set_current_win(window)
    return
  end
  vim.cmd("sbuffer " .. bufnr)
  vim.bo[bufnr].filetype = "markdown"
  vim.keymap.set("n", "q", "<Cmd>close<CR>", { buffer = bufnr, desc = "close the page" })
end

--- The rules of the findings under the cursor, or else of its line.
local function rules_here()
  local position = vim.api.nvim_win_get_cursor(0)
  local line, column = position[1] - 1, position[2]
  local under, beside = {}, {}
  for _, finding in ipairs(vim.diagnostic.get(0, { lnum = line })) do
    local original = finding.user_data and finding.user_data.lsp or {}
    local rule = finding.code or original.code
    if rule and (finding.source or ""):find("contextcore", 1, true) then
      local here = column >= finding.col and (finding.end_lnum > line or column < finding.end_col)
      local list = here and under or beside
      if not vim.tbl_contains(list, rule) then
        table.insert(list, rule)
      end
    end
  end
  return #under > 0 and under or beside
end

--- Asks a server for the page of a rule and shows it.
---@param rule string
---@param server table|nil the client to ask; any, if absent
function M.explain(rule, server)
  server = server or client.list(vim.api.nvim_get_current_buf())[1] or client.list()[1]
  if not server then
    return complain("no server is running; see :checkhealth contextcore")
  end
  local params = { command = M.COMMAND, arguments = { rule } }
  client.call(server, "request", "workspace/executeCommand", params, function(problem, page)
    if problem then
      return complain(problem.message or tostring(problem))
    end
    if type(page) ~= "string" then
      return complain(("there is no page about `%s`"):format(rule))
    end
    show(rule, page)
  end)
end

--- What the server's own action calls: the answer is for people, so it is shown.
function M.from_action(command, context)
  local rule = (command.arguments or {})[1]
  M.explain(rule, vim.lsp.get_client_by_id(context.client_id))
end

---@param rule string|nil the rule; that of the finding under the cursor, if absent
function M.run(rule)
  if rule then
    return M.explain(rule)
  end
  local rules = rules_here()
  if #rules == 0 then
    return complain("no finding in this line; name a rule")
  end
  if #rules == 1 then
    return M.explain(rules[1])
  end
  vim.ui.select(rules, { prompt = "Rule" }, function(choice)
    if choice then
      M.explain(choice)
    end
  end)
end

--- Names that complete the command: rules that have findings in any buffer.
---@param lead string
---@return string[]
function M.complete(lead)
  local rules = {}
  for _, finding in ipairs(vim.diagnostic.get()) do
    local original = finding.user_data and finding.user_data.lsp or {}
    local rule = finding.code or original.code
    if (finding.source or ""):find("contextcore", 1, true) and vim.startswith(rule or "", lead) then
      rules[rule] = true
    end
  end
  local names = vim.tbl_keys(rules)
  table.sort(names)
  return names
end

return M
