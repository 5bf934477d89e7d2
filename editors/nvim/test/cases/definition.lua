-- A field leads from the contract to the code that writes it, and back.

--- Follows the definition under the cursor; among several, the one that has the text in it.
local function follow(t, file, text)
  vim.lsp.buf.definition()
  local item = t.wait("a definition in " .. file, function()
    if vim.api.nvim_buf_get_name(0):find(file, 1, true) and vim.bo.buftype == "" then
      return { line = vim.fn.line("."), text = vim.fn.getline(".") }
    end
    for _, list in ipairs({ vim.fn.getqflist(), vim.fn.getloclist(0) }) do
      for _, entry in ipairs(list) do
        local name = vim.fn.bufname(entry.bufnr)
        if name:find(file, 1, true) and entry.text:find(text, 1, true) then
          return { line = entry.lnum, text = entry.text, bufnr = entry.bufnr }
        end
      end
    end
  end)
  t.contains(item.text, text)
  vim.fn.setqflist({})
  vim.cmd("silent! only")
end

return function(t)
  t.open("contracts/artisan.contract.yaml")
  t.wait_for_finding("dangling-read")
  t.go("- name: task_index")
  follow(t, "plan.py", 'context["task_index"] =')

  t.open("artisan/handlers/design.py")
  t.wait_for_finding("undeclared-write")
  t.go('context["task_index')
  follow(t, "artisan.contract.yaml", "name: task_index")
end
