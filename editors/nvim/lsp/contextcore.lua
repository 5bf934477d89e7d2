---@brief
---
--- contextcore-lsp follows every field of a workflow's context from the phase that produces it to
--- the phases that need it, across contracts in YAML and handlers in Python.
---
--- It accompanies the servers that you have for both languages: it neither formats nor completes
--- what any YAML or Python file may hold.
---
--- Neovim 0.11 and later read this file after `vim.lsp.enable("contextcore")`; for earlier ones
--- `require("contextcore").setup()` reads it, so that the defaults are the same everywhere.

---@type vim.lsp.Config
return {
  cmd = { "contextcore-lsp", "server" },
  -- Settings are written in TOML, payloads in JSON; of these, only such files are attached to.
  filetypes = { "yaml", "python", "toml", "json" },
  -- In this order: a repository has one server, which knows the projects inside of it.
  root_markers = { ".git", "contextcore.toml", "pyproject.toml" },
  root_dir = function(bufnr, on_dir)
    local project = require("contextcore.project")
    if project.concerns(bufnr) then
      on_dir(project.root(bufnr, vim.lsp.config.contextcore.root_markers))
    end
  end,
  capabilities = {
    workspace = {
      -- Told that findings are out of date, Neovim 0.12 asks for those of all files and keeps what it
      -- has of those that are open. A client that cannot be told is sent everything unasked.
      diagnostics = { refreshSupport = false },
    },
    -- With this, lenses can be run.
    experimental = { commands = { commands = { "contextcore.showReferences" } } },
  },
  commands = {
    -- The server offers this as a code action and leaves showing the page to the editor.
    ["contextcore.explainRule"] = function(command, context)
      require("contextcore.explain").from_action(command, context)
    end,
    ["contextcore.showReferences"] = function(command, context)
      require("contextcore.references").from_lens(command, context)
    end,
  },
}
