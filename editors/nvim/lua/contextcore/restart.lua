-- `:ContextcoreRestart`: ends the server, and starts it anew where it was.

local client = require("contextcore.client")

--- How often to look whether a server has ended, and when to end it by force.
local EVERY_MS = 20
local PATIENCE_MS = 3000

local M = {}

--- Calls `done` once a client has ended: before that, its successor would be taken for itself.
local function when_stopped(old, waited, done)
  if client.call(old, "is_stopped") then
    return done()
  end
  if waited >= PATIENCE_MS then
    client.call(old, "stop", true)
  end
  vim.defer_fn(function()
    when_stopped(old, waited + EVERY_MS, done)
  end, EVERY_MS)
end

function M.run()
  local running = client.list()
  if #running == 0 then
    -- A server that crashed has left its buffers behind.
    return require("contextcore").attach_all()
  end
  for _, old in ipairs(running) do
    local buffers = client.buffers(old)
    client.call(old, "stop")
    when_stopped(old, 0, function()
      for _, bufnr in ipairs(buffers) do
        if vim.api.nvim_buf_is_loaded(bufnr) then
          client.start(old.config, bufnr)
        end
      end
    end)
  end
end

return M
