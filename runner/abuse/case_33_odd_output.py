# case: 33
# title: Output made against a checker
# holds: finished
# by: strict JSON; surrogates are replaced; checking is done elsewhere
print("nan inf -0 1e999", chr(0), chr(0xD800), chr(0x202E), end="")
print("1 " * 20_000)
