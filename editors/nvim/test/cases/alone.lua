-- A contract outside any project is checked as well, and other TOML files are left alone.

local CONTRACT = {
  'schema_version: "0.1.0"',
  "pipeline_id: alone",
  "phases:",
  "  collect:",
  "    exit:",
  "      required:",
  "        - name: records",
  "  publish:",
  "    entry:",
  "      required:",
  "        - name: recrods",
}

return function(t)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  vim.fn.writefile(CONTRACT, folder .. "/alone.contract.yaml")
  t.open(folder .. "/alone.contract.yaml")
  local finding = t.wait_for_finding("dangling-read", "recrods")
  t.equal(finding.lnum, 10, "the line")
  local client = require("contextcore.client")
  t.equal(client.list(0)[1].config.root_dir, nil, "the root")

  vim.fn.writefile({ "[package]" }, folder .. "/Cargo.toml")
  local other = t.edit(folder .. "/Cargo.toml")
  t.equal(vim.bo[other].filetype, "toml", "the filetype")
  t.equal(#client.list(other), 0, "the number of clients of Cargo.toml")
end
