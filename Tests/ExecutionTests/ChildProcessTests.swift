import Execution
import Foundation
import TestSupport
import Testing

@Suite struct ChildProcessTests {
  /// A terminal's Ctrl-C goes to a process group: programs are in that of their parent unless they are to be spared.
  @Test(arguments: [false, true]) func isApartWhereAsked(_ isApart: Bool) throws {
    let shell = try #require(ChildProcess(named: "sh"))
    try withTemporaryFolder { folder in
      #expect(shell.run(["-c", "ps -o pid=,pgid= -p $$"], log: folder + "/log", isApart: isApart) == 0)
      let words = String(decoding: try WholeFile.read(folder + "/log"), as: UTF8.self).split { $0 == " " || $0 == "\n" }
      let (own, group) = (try #require(words.first), try #require(words.last))
      #expect(group == (isApart ? own : "\(getpgrp())"))
    }
  }
}
