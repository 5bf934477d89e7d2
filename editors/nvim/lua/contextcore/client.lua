-- The language client, spoken to in the same way on every version of Neovim.

local M = {}

M.NAME = "contextcore"

--- The running clients, of one buffer or of all.
---@param bufnr integer|nil
function M.list(bufnr)
  -- The first versions take no filter, so nothing is left to it.
  local all = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  return vim.tbl_filter(function(client)
    local here = bufnr == nil or vim.lsp.buf_is_attached(bufnr, client.id)
    return client.name == M.NAME and here
  end, all)
end

--- The loaded buffers that a client is attached to.
function M.buffers(client)
  return vim.tbl_filter(function(bufnr)
    return vim.api.nvim_buf_is_loaded(bufnr) and vim.lsp.buf_is_attached(bufnr, client.id)
  end, vim.api.nvim_list_bufs())
end

--- Calls a method of a client; what were plain functions became methods with Neovim 0.11.
function M.call(client, method, ...)
  if vim.fn.has("nvim-0.11") == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

--- Gives a buffer a client: one that runs already with the same root, or else a new one.
function M.start(config, bufnr)
  if vim.lsp.start then
    -- Only later versions can be told which buffer is meant, instead of the current one.
    vim.api.nvim_buf_call(bufnr, function()
      vim.lsp.start(config)
    end)
    return
  end
  for _, client in ipairs(M.list()) do
    if client.config.root_dir == config.root_dir and not client.is_stopped() then
      vim.lsp.buf_attach_client(bufnr, client.id)
      return
    end
  end
  local id = vim.lsp.start_client(config)
  if id then
    vim.lsp.buf_attach_client(bufnr, id)
  end
end

return M
