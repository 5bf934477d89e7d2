-- A quick fix changes the text, and the finding goes.

return function(t)
  t.open("contracts/artisan.contract.yaml")
  t.wait_for_finding("dangling-read")
  t.go("- name: tasks_index")
  local line = t.find("- name: tasks_index")
  local menu = t.choose(function(label)
    return label:lower():find("rename") ~= nil and label:find("task_index", 1, true) ~= nil
  end)
  vim.lsp.buf.code_action()
  t.wait("the menu of actions", function()
    return #menu.offered > 0
  end)
  t.wait("the edit; offered were " .. table.concat(menu.offered, ", "), function()
    return vim.fn.getline(line + 1) == "        - name: task_index"
  end)
  t.wait("the finding to go", function()
    return not t.finding("dangling-read")
  end)
  -- Everything else stands as it did.
  t.wait_for_finding("wrong-source-phase")
end
