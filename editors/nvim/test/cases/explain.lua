-- The page of a rule is shown by a command, and by the server's own action.

local function read_page(t, rule)
  local page = t.wait("the page", function()
    return vim.endswith(vim.api.nvim_buf_get_name(0), "rules/" .. rule) and t.text()
  end)
  t.contains(page, "# " .. rule, "Why it matters")
  t.equal(vim.bo.filetype, "markdown", "the filetype")
  vim.cmd("normal q")
end

return function(t)
  local contract = t.open("contracts/artisan.contract.yaml")
  t.wait_for_finding("dangling-read")
  t.go("- name: tasks_index")

  vim.cmd("ContextcoreExplain")
  read_page(t, "dangling-read")
  t.equal(vim.api.nvim_get_current_buf(), contract, "the buffer after `q`")

  vim.cmd("ContextcoreExplain dead-write")
  read_page(t, "dead-write")

  local completed = vim.fn.getcompletion("ContextcoreExplain dang", "cmdline")
  t.equal(completed, { "dangling-read" }, "the completion")

  local menu = t.choose(function(label)
    return label:lower():find("explain", 1, true) ~= nil
  end)
  vim.lsp.buf.code_action()
  t.wait("an action that explains; offered were " .. table.concat(menu.offered, ", "), function()
    return menu.chosen
  end)
  read_page(t, "dangling-read")
end
