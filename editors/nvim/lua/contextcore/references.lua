-- The places that a lens counts, in the quickfix list.

local M = {}

M.COMMAND = "contextcore.showReferences"

--- What the server's lenses call: an address, a position in it, and the places.
function M.from_lens(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local places = (command.arguments or {})[3] or {}
  if not client or #places == 0 then
    return
  end
  local items = vim.lsp.util.locations_to_items(places, client.offset_encoding)
  vim.fn.setqflist({}, " ", { title = command.title, items = items })
  vim.cmd("botright copen")
end

return M
