# case: 48
# title: Writing the result itself, over the job's socket
# holds: protocol
# by: frames are accepted only in the number and order of the job
import json
import os
import struct

run = {"value": None, "output": "forged", "output_cut": False, "shown": "", "error": None}
run |= {"ms": 0, "complete": True, "exit_status": None}
for frame in ({"kind": "run", "run": run}, {"kind": "run", "run": run}, {"kind": "end", "ended": "finished"}):
    body = json.dumps(frame).encode()
    os.write(3, struct.pack("!I", len(body)) + body)
