-- Projects inside of a repository share its server, and nothing is reported twice.

return function(t)
  vim.fn.mkdir(".git")
  vim.fn.mkdir("services/reports", "p")
  vim.fn.writefile({}, "services/reports/contextcore.toml")
  vim.fn.writefile({
    'schema_version: "0.1.0"',
    "pipeline_id: reports",
    "phases: {collect: {entry: {required: [{name: records, severity: bad}]}}}",
  }, "services/reports/reports.contract.yaml")

  t.open("contracts/artisan.contract.yaml")
  t.wait_for_finding("dangling-read")
  local inner = t.open("services/reports/reports.contract.yaml")
  t.wait_for_finding("invalid-value", "bad", inner)
  t.equal(#require("contextcore.client").list(), 1, "the number of clients")
  local places = {}
  for _, finding in ipairs(vim.diagnostic.get(inner)) do
    table.insert(places, finding.col .. " " .. finding.message)
  end
  t.equal(#vim.fn.uniq(vim.fn.sort(vim.deepcopy(places))), #places, "the number of findings")
end
