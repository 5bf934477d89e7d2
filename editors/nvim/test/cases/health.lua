-- `:checkhealth` says that all is well, and what is missing where it is not.

local function report(t)
  vim.cmd("checkhealth contextcore")
  return t.wait("the report", function()
    local text = t.text()
    return text:find("contextcore: clients", 1, true) and text
  end)
end

return function(t)
  t.open("contracts/artisan.contract.yaml")
  t.wait_for_finding("dangling-read")
  local well = report(t)
  t.contains(well, os.getenv("CONTEXTCORE_SERVER"), "version 0.1.0, as this plugin", "root " .. vim.fn.getcwd())
  t.contains(well, "yaml, python, toml", "contracts/artisan.contract.yaml")
  if well:find("ERROR") or well:find("WARN") then
    error(well, 0)
  end
  vim.cmd("bwipeout!")

  require("contextcore").setup({ cmd = { "no-such-program", "server" } })
  t.contains(report(t), "no program `no-such-program`", "cargo install")
end
