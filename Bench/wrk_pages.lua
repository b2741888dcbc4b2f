-- wrk … -s wrk_pages.lua URL -- FILE [TOKEN]     asks for the paths in FILE, one a line; prints one line of figures
local count = 0
function setup(thread) count = count + 1; thread:set("number", count) end
function init(args)
    paths = {}
    for line in io.lines(args[1]) do paths[#paths + 1] = line end
    if args[2] then wrk.headers["Authorization"] = "Bearer " .. args[2] end
    math.randomseed(7 + number)
end
function request() return wrk.format("GET", paths[math.random(#paths)]) end
function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format("FIGURES %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
        latency:percentile(50), latency:percentile(95),
        errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
