-- Hovering over a field tells who produces it, in contracts and in handlers alike.

local function producers(t, field)
  t.go(field)
  vim.lsp.buf.hover()
  local text = t.wait("a floating window", t.float)
  t.contains(text, "task_index", "plan", "produces", "artisan.contract.yaml", "plan.py")
end

return function(t)
  t.open("contracts/artisan.contract.yaml")
  t.wait_for_finding("dangling-read")
  producers(t, "- name: task_index")
  t.close_floats()

  t.open("artisan/handlers/design.py")
  t.wait_for_finding("undeclared-write")
  producers(t, 'context["task_index')
end
