-- Commands; whatever they need is loaded when they are used.

if vim.g.loaded_contextcore or vim.fn.has("nvim-0.7") == 0 then
  return
end
vim.g.loaded_contextcore = true

vim.api.nvim_create_user_command("ContextcoreExplain", function(command)
  require("contextcore.explain").run(command.args ~= "" and command.args or nil)
end, {
  nargs = "?",
  complete = function(lead)
    return require("contextcore.explain").complete(lead)
  end,
  desc = "Show the page of a rule, by default of the finding under the cursor",
})

vim.api.nvim_create_user_command("ContextcoreRestart", function()
  require("contextcore.restart").run()
end, { desc = "End the contextcore server and start it anew" })

vim.api.nvim_create_user_command("ContextcoreLog", function()
  require("contextcore.log").run()
end, { desc = "Show the log of language servers" })
