-- A mistake is shown where it is made, with the place of the other side.

return function(t)
  t.open("contracts/artisan.contract.yaml")
  local finding = t.wait_for_finding("dangling-read")
  t.contains(finding.message, "`review` requires `tasks_index`, but no earlier phase produces it")
  t.equal(finding.lnum, (t.find("- name: tasks_index")), "the line")
  t.equal(finding.severity, vim.diagnostic.severity.ERROR, "the severity")
  t.contains(vim.inspect(finding.user_data.lsp.relatedInformation), "plan.py", "near namesake")

  -- Handlers are the other half of the same project.
  t.open("artisan/handlers/integrate.py")
  t.wait_for_finding("dropped-field", "staging_dir")
end
