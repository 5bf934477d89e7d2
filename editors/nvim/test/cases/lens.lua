-- A lens above a handler counts what it reads and writes, and leads to the places.

return function(t)
  local bufnr = t.open("artisan/handlers/plan.py")
  local codelens = vim.lsp.codelens
  if codelens.enable then
    codelens.enable(true, { bufnr = bufnr })
  else
    codelens.refresh()
  end
  local lens = t.wait("a lens", function()
    local found = codelens.get(codelens.enable and { bufnr = bufnr } or bufnr)[1]
    return found and (found.lens or found)
  end)
  t.contains(lens.command.title, "reads", "writes")
  vim.api.nvim_win_set_cursor(0, { lens.range.start.line + 1, 0 })
  codelens.run()
  t.wait("the places", function()
    return #vim.fn.getqflist() > 1
  end)
end
