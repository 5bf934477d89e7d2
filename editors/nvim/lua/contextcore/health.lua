-- `:checkhealth contextcore`: whether everything is in place, and what to do where it is not.

local client = require("contextcore.client")
local contextcore = require("contextcore")

-- Neovim 0.10 gave these functions their short names.
local health = vim.health or require("health")
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local info = health.info or health.report_info
local warn = health.warn or health.report_warn
local fault = health.error or health.report_error

local M = {}

local function editor()
  start("contextcore: Neovim")
  local version = vim.version()
  local name = ("Neovim %d.%d.%d"):format(version.major, version.minor, version.patch)
  if contextcore.native() then
    ok(name .. ", which starts servers by itself (vim.lsp.enable)")
  elseif vim.fn.has("nvim-0.7") == 1 then
    ok(name .. ', where require("contextcore").setup() starts the server')
  else
    fault(name .. " is too old", { "Update to Neovim 0.7 or later" })
  end
end

--- What a program prints, or nil where it fails.
local function printed(arguments)
  local text = vim.fn.system(arguments)
  return vim.v.shell_error == 0 and vim.trim(text) or nil
end

local function program(config)
  start("contextcore: server")
  if type(config.cmd) ~= "table" then
    return info("the server is reached through a function, so no program is looked for")
  end
  local name = config.cmd[1]
  local path = vim.fn.exepath(name)
  if path == "" then
    return fault(("no program `%s`"):format(name), {
      "Build it: cargo install --path server/contextcore-lsp",
      "Put it on your PATH, or name it in `cmd`: see :help contextcore-settings",
    })
  end
  ok(("`%s` is %s"):format(name, path))
  local version = printed({ path, "--version" })
  local number = version and version:match("^contextcore%-lsp (%S+)")
  if not number then
    fault(("%s does not answer --version as contextcore-lsp does"):format(path))
  elseif number ~= contextcore.VERSION then
    warn(("the server's version is %s, this plugin's %s"):format(number, contextcore.VERSION), {
      "They are released together: take both from the same version",
    })
  else
    ok("version " .. number .. ", as this plugin")
  end
end

--- One client in a few words; the unit of positions is what client and server have agreed on.
local function describe(running)
  local buffers = vim.tbl_map(function(bufnr)
    return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ":~:.")
  end, client.buffers(running))
  return ("client %d, root %s, positions in %s\nattached to %s"):format(
    running.id,
    running.config.root_dir or "none (single files)",
    running.offset_encoding,
    table.concat(buffers, ", ")
  )
end

local function attached(config)
  start("contextcore: clients")
  info("attaches to " .. table.concat(config.filetypes, ", ") .. " (TOML: settings files alone; JSON: payloads alone)")
  local running = client.list()
  if #running > 0 then
    for _, one in ipairs(running) do
      ok(describe(one))
    end
    return
  end
  local begin = contextcore.native() and 'vim.lsp.enable("contextcore")'
    or 'require("contextcore").setup()'
  warn("no server is running", {
    "Open a contract or a handler",
    ("Have %s in your init.lua"):format(begin),
    "Look into :ContextcoreLog",
  })
end

function M.check()
  local config = contextcore.config()
  editor()
  program(config)
  attached(config)
end

return M
