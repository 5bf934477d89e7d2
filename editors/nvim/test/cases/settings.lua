-- Mistakes in settings are shown there, and what is saved takes effect in files that are open.

return function(t)
  local contract = t.open("contracts/artisan.contract.yaml")
  t.wait_for_finding("dangling-read")
  local settings = t.open("contextcore.toml")
  t.wait_for_finding("unknown-rule", "dead-wrte")

  local line = t.find("dead-wrte")
  vim.api.nvim_buf_set_lines(settings, line, line + 1, false, { 'dangling-read = "off"' })
  vim.cmd("silent write")
  t.wait("the finding to go", function()
    return not t.finding("dangling-read", "", contract)
  end)
  t.wait_for_finding("wrong-source-phase", "", contract)
end
