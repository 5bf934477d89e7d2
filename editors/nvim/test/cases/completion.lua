-- Typing `context["` in a handler and asking for completion shows the fields that are there.
--
-- A menu is only shown while somebody types, so this case types into a second Neovim.

return function(t)
  local begin = os.getenv("CONTEXTCORE_PLUGIN") .. "/test/begin.lua"
  local editor = vim.fn.jobstart(
    { os.getenv("CONTEXTCORE_NVIM"), "--clean", "--embed", "--headless", "--cmd", "luafile " .. begin },
    { rpc = true }
  )
  local function lua(code)
    return vim.fn.rpcrequest(editor, "nvim_exec_lua", code, {})
  end
  lua([[vim.cmd("edit artisan/handlers/design.py")]])
  t.wait("findings", function()
    return lua("return #vim.diagnostic.get(0) > 0 and #require('contextcore.client').list(0) > 0")
  end)
  lua([[
    vim.o.completeopt = "menuone,noselect"
    vim.bo.omnifunc = "v:lua.vim.lsp.omnifunc"
    vim.fn.search('context\\["tasks"\\]')
  ]])
  vim.fn.rpcrequest(editor, "nvim_input", 'ohere = context["<C-x><C-o>')
  local words = t.wait("the menu", function()
    local items = lua([[return vim.tbl_map(function(item)
      return item.abbr ~= "" and item.abbr or item.word
    end, vim.fn.complete_info({ "items" }).items)]])
    return #items > 0 and items
  end)
  t.contains("\n" .. table.concat(words, "\n") .. "\n", "\ntask_index\n", "\nplan_title\n")
  vim.fn.rpcrequest(editor, "nvim_input", "task_i<C-n><C-y><Esc>")
  t.wait("the text", function()
    return lua([[return vim.fn.getline(".")]]):find('here = context["task_index', 1, true)
  end)
  vim.fn.jobstop(editor)
end
