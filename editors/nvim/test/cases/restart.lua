-- A restarted server is another process, attached where the first one was.

return function(t)
  local client = require("contextcore.client")
  local contract = t.open("contracts/artisan.contract.yaml")
  t.wait_for_finding("dangling-read")
  local first = client.list(contract)[1].id
  vim.diagnostic.reset(nil, contract)

  vim.cmd("ContextcoreRestart")
  t.wait("another client", function()
    local now = client.list(contract)
    return #now == 1 and now[1].id ~= first
  end)
  t.wait_for_finding("dangling-read", "tasks_index", contract)
  t.equal(#client.list(), 1, "the number of clients")

  -- A server that has crashed is started again as well.
  client.call(client.list()[1], "stop", true)
  t.wait("the server to end", function()
    return #client.list() == 0
  end)
  vim.cmd("ContextcoreRestart")
  t.wait("a client after the crash", function()
    return #client.list(contract) == 1
  end)

  vim.cmd("ContextcoreLog")
  t.contains(vim.api.nvim_buf_get_name(0), "lsp.log")
end
