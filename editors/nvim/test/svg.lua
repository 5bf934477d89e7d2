-- Draws a captured terminal as SVG: reads text with escape sequences, writes cells with colours.
--
-- From the environment: CAPTURE, the file to read; PICTURE, the file to write.

local CELL_WIDTH, CELL_HEIGHT, BASELINE, FONT_SIZE = 8.43, 19, 14, 14
local MARGIN = 16
local FONTS = "'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"
local FOREGROUND, BACKGROUND = "#e0e2ea", "#14161b"
local BASIC = {
  [0] = "#07080d", "#ffc0b9", "#b3f6c0", "#fce094", "#a6dbff", "#ffcaff", "#8cf8f7", "#eef1f8",
  "#4f5258", "#ffc0b9", "#b3f6c0", "#fce094", "#a6dbff", "#ffcaff", "#8cf8f7", "#eef1f8",
}

--- The colour of a number between 0 and 255, as terminals have it.
local function indexed(number)
  if number < 16 then
    return BASIC[number]
  end
  if number >= 232 then
    local grey = 8 + (number - 232) * 10
    return ("#%02x%02x%02x"):format(grey, grey, grey)
  end
  local function level(part)
    return part == 0 and 0 or 55 + part * 40
  end
  local cube = number - 16
  local red, green, blue = math.floor(cube / 36), math.floor(cube / 6) % 6, cube % 6
  return ("#%02x%02x%02x"):format(level(red), level(green), level(blue))
end

--- Reads the colour that begins behind `at`; returns it, and where it ends.
local function colour(codes, at)
  if codes[at + 1] == 5 then
    return indexed(codes[at + 2] or 0), at + 2
  end
  local red, green, blue = codes[at + 2] or 0, codes[at + 3] or 0, codes[at + 4] or 0
  return ("#%02x%02x%02x"):format(red, green, blue), at + 4
end

local SWITCHES = {
  [1] = { "bold", true }, [3] = { "italic", true }, [7] = { "reverse", true },
  [22] = { "bold", nil }, [23] = { "italic", nil }, [27] = { "reverse", nil },
  [24] = { "underline", nil }, [39] = { "fg", nil }, [49] = { "bg", nil }, [59] = { "line", nil },
}

--- Applies one sequence, such as `1;38;2;255;192;185`, to a style.
local function apply(style, sequence)
  local codes = {}
  -- Parts of one code are joined by colons, as in `4:3`; an empty part is a colour space.
  for part in (sequence == "" and "0" or sequence):gmatch("[^;]+") do
    if part:find("^4:") then
      table.insert(codes, part == "4:3" and "curl" or part == "4:0" and 24 or 4)
    else
      for number in part:gsub("::", ":"):gmatch("%d+") do
        table.insert(codes, tonumber(number))
      end
    end
  end
  local at = 1
  while at <= #codes do
    local code = codes[at]
    if code == 0 then
      style = {}
    elseif code == 4 or code == "curl" then
      style.underline = code == 4 and "line" or "curl"
    elseif code == 38 or code == 48 or code == 58 then
      local key = code == 38 and "fg" or code == 48 and "bg" or "line"
      style[key], at = colour(codes, at)
    elseif SWITCHES[code] then
      style[SWITCHES[code][1]] = SWITCHES[code][2]
    elseif code >= 30 and code <= 37 then
      style.fg = BASIC[code - 30]
    elseif code >= 40 and code <= 47 then
      style.bg = BASIC[code - 40]
    elseif code >= 90 and code <= 97 then
      style.fg = BASIC[code - 82]
    elseif code >= 100 and code <= 107 then
      style.bg = BASIC[code - 92]
    end
    at = at + 1
  end
  return style
end

--- One row as runs of the same style: where they begin, how wide they are, what they say.
local function runs(row, style)
  local list, column = {}, 0
  local function add(text)
    local width = vim.fn.strdisplaywidth(text)
    if width > 0 then
      local own = vim.tbl_extend("force", style, { column = column, width = width, text = text })
      table.insert(list, own)
      column = column + width
    end
  end
  local at = 1
  while at <= #row do
    local from, to, sequence = row:find("\27%[([%d;:]*)m", at)
    add(row:sub(at, (from or #row + 1) - 1))
    if not from then
      break
    end
    style = apply(vim.deepcopy(style), sequence)
    at = to + 1
  end
  return list, style
end

local function escaped(text)
  return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"))
end

local function number(value)
  return (("%.2f"):format(value):gsub("%.?0+$", ""))
end

local function underline(run, x, y)
  local colour_of_line = run.line or run.fg or FOREGROUND
  local width = run.width * CELL_WIDTH
  local shape = ("h%s"):format(number(width))
  if run.underline == "curl" then
    local waves = math.max(1, math.floor(width / 4))
    local half = number(width / waves / 2)
    shape = ("q%s -2.4 %s 0"):format(number(width / waves / 4), half)
      .. (" t%s 0"):format(half):rep(waves * 2 - 1)
  end
  local form = '<path d="M%s %s%s" fill="none" stroke="%s"/>'
  return form:format(number(x), number(y + BASELINE + 3), shape, colour_of_line)
end

-- Lines of borders, from the middle of one side of a cell to the middle of another; those of a font
-- would not touch each other.
local MIDDLE, CENTRE = CELL_WIDTH / 2, CELL_HEIGHT / 2
local BORDERS = {
  ["─"] = ("m0 %s h%s"):format(CENTRE, CELL_WIDTH),
  ["│"] = ("m%s 0 v%s"):format(MIDDLE, CELL_HEIGHT),
  ["╭"] = ("m%s %s v-5 q0 -4.5 4.3 -4.5"):format(MIDDLE, CELL_HEIGHT),
  ["╮"] = ("m0 %s q%s 0 %s 4.5 v5"):format(CENTRE, MIDDLE, MIDDLE),
  ["╰"] = ("m%s 0 v5 q0 4.5 4.3 4.5"):format(MIDDLE),
  ["╯"] = ("m0 %s q%s 0 %s -4.5 v-5"):format(CENTRE, MIDDLE, MIDDLE),
}

--- Takes the borders out of a run and draws them; blanks take their places.
local function borders(run, x, y, out)
  local path, column = {}, 0
  local text = run.text:gsub("[%z\1-\127\194-\244][\128-\191]*", function(character)
    local shape = BORDERS[character]
    if shape then
      local left = number(x + column * CELL_WIDTH)
      table.insert(path, ("M%s %s%s"):format(left, number(y), shape))
    end
    column = column + vim.fn.strdisplaywidth(character)
    return shape and " " or nil
  end)
  if #path > 0 then
    local form = '<path d="%s" fill="none" stroke="%s"/>'
    table.insert(out, form:format(table.concat(path), run.fg or FOREGROUND))
  end
  return vim.tbl_extend("force", run, { text = text })
end

--- The words of a run, each at its own place, so that no font can push them out of line.
local function words(run, x, y, out)
  local attributes = (' fill="%s"'):format(run.fg or FOREGROUND)
    .. (run.bold and ' font-weight="bold"' or "")
    .. (run.italic and ' font-style="italic"' or "")
  local column = 0
  for blanks, word in run.text:gmatch("( *)([^ ]*)") do
    column = column + #blanks
    local width = vim.fn.strdisplaywidth(word)
    if width > 0 then
      local form = '<text x="%s" y="%s" textLength="%s"%s>%s</text>'
      local left = number(x + column * CELL_WIDTH)
      local length = number(width * CELL_WIDTH)
      table.insert(out, form:format(left, number(y + BASELINE), length, attributes, escaped(word)))
    end
    column = column + width
  end
end

local function draw(rows)
  local columns, style, shapes, texts = 0, {}, {}, {}
  for index, row in ipairs(rows) do
    local list
    list, style = runs(row, style)
    local y = MARGIN + (index - 1) * CELL_HEIGHT
    for _, run in ipairs(list) do
      if run.reverse then
        run.fg, run.bg = run.bg or BACKGROUND, run.fg or FOREGROUND
      end
      local x = MARGIN + run.column * CELL_WIDTH
      if run.bg and run.bg ~= BACKGROUND then
        local form = '<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>'
        local width = number(run.width * CELL_WIDTH)
        table.insert(shapes, form:format(number(x), y, width, CELL_HEIGHT, run.bg))
      end
      words(borders(run, x, y, shapes), x, y, texts)
      if run.underline then
        table.insert(texts, underline(run, x, y))
      end
      columns = math.max(columns, run.column + run.width)
    end
  end
  local width = number(columns * CELL_WIDTH + 2 * MARGIN)
  local height = number(#rows * CELL_HEIGHT + 2 * MARGIN)
  local head = '<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" font-family="%s"'
    .. ' font-size="%d">'
  local out = {
    head:format(width, height, FONTS, FONT_SIZE),
    ('<rect width="%s" height="%s" rx="8" fill="%s"/>'):format(width, height, BACKGROUND),
  }
  vim.list_extend(out, shapes)
  vim.list_extend(out, texts)
  table.insert(out, "</svg>")
  return out
end

local rows = vim.fn.readfile(os.getenv("CAPTURE"))
-- The lines of the terminal that nothing stands on, such as that of the command line.
while #rows > 0 and not rows[#rows]:gsub("\27%[[%d;:]*m", ""):find("%S") do
  table.remove(rows)
end
vim.fn.writefile(draw(rows), os.getenv("PICTURE"))
