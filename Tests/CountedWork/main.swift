// CountedWork NAME CALLS: does a piece of work CALLS times (up to 12) after a first time. Without arguments: the names.

/// What callgrind looks for: it counts the instructions inside.
@inline(never) func countedCalls(_ calls: Int, _ body: (Int) throws -> Void) rethrows {
  for call in 0..<calls { try body(1 + call) }
}

if CommandLine.arguments.count == 3, let calls = Int(CommandLine.arguments[2]), (0...12).contains(calls),
  let work = Work.all.first(where: { $0.name == CommandLine.arguments[1] })
{
  let body = try work.prepare()
  try body(0)
  try countedCalls(calls, body)
} else {
  for work in Work.all { print(work.name) }
}
