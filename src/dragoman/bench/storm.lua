-- For wrk: posts signed bodies over every connection until the time is up, then only waits for the answers still
-- to come, so that each row in the database has its answer counted.
-- Arguments: a file with "signature body" on each line, and the seconds.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
]]
local MONOTONIC = 1
local FOR_EVER_MS = 3600 * 1000
local now = ffi.new("moment")
local prepared, nth, quiet_from, storm_seconds = {}, 0, nil, 0

local function seconds_now()
  ffi.C.clock_gettime(MONOTONIC, now)
  return tonumber(now.seconds) + tonumber(now.nanoseconds) * 1e-9
end

function init(arguments)
  storm_seconds = tonumber(arguments[2])
  for line in io.lines(arguments[1]) do
    local signature, body = line:match("^(%S+) (.*)$")
    local headers = { ["Content-Type"] = "application/json", ["X-Hub-Signature-256"] = signature }
    prepared[#prepared + 1] = wrk.format("POST", nil, headers, body)
  end
end

function request()
  nth = nth % #prepared + 1
  return prepared[nth]
end

function delay()
  quiet_from = quiet_from or seconds_now() + storm_seconds
  return seconds_now() < quiet_from and 0 or FOR_EVER_MS
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"answers": %d, "refused": %d, "broken": %d, "p50_us": %d, "p99_us": %d}\n',
    summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
