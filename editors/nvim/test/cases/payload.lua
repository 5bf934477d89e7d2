-- Payloads are asked about: those that their names call so, and those that settings choose.

return function(t)
  local client = require("contextcore.client")
  vim.fn.mkdir("sent/deep", "p")
  vim.fn.writefile({ '{"priority": "hgh"}' }, "sent/deep/one.json")
  vim.fn.writefile({ '{"priority": "hgh"}' }, "one.handoff.json")
  vim.fn.writefile({ "{}" }, "package.json")
  local settings = vim.fn.readfile("contextcore.toml")
  vim.list_extend(settings, { "", "[contracts.files]", '"sent/**/*.json" = "handoff"' })
  vim.fn.writefile(settings, "contextcore.toml")

  for _, path in ipairs({ "one.handoff.json", "sent/deep/one.json" }) do
    t.open(path)
    t.wait_for_finding("invalid-value", "hgh")
  end
  local other = t.edit("package.json")
  t.equal(vim.bo[other].filetype, "json", "the filetype")
  t.equal(#client.list(other), 0, "the number of clients of package.json")
end
