-- wrk posts the bodies of a file in turn: one a line, or the whole file as one.
-- Arguments: file, "lines" or "whole", content type, and milliseconds that each connection waits before it sends, if any.
local requests, at = {}, 0

function init(args)
  wrk.headers["content-type"] = args[3]
  local file = assert(io.open(args[1], "rb"))
  if args[2] == "whole" then
    requests[1] = wrk.format("POST", nil, nil, file:read("*a"))
  else
    for line in file:lines() do
      requests[#requests + 1] = wrk.format("POST", nil, nil, line)
    end
  end
  file:close()
  if args[4] then
    delay = function() return tonumber(args[4]) end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  print(string.format("asked %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed))
end
