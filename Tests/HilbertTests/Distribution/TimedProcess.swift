import Foundation

/// One process and the time from before its start until its end was seen.
///
/// Where the system allows it (Linux, as root) the process has real-time priority, so that what else the machine does is not
/// measured with it.
struct TimedProcess {
  let status: Int32
  let milliseconds: Double

  /// - Parameter output: The file that takes standard output.
  init(_ program: URL, _ arguments: [String] = [], output: String = "/dev/null") {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var words = ([program.path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }

    // A child inherits the priority of the thread that starts it.
    var usual = sched_param()
    var usualPolicy: Int32 = 0
    pthread_getschedparam(pthread_self(), &usualPolicy, &usual)
    var urgent = sched_param()
    urgent.sched_priority = 50
    _ = pthread_setschedparam(pthread_self(), SCHED_FIFO, &urgent)
    defer { _ = pthread_setschedparam(pthread_self(), usualPolicy, &usual) }

    var process: pid_t = 0
    var ending: Int32 = 0
    let clock = ContinuousClock()
    let start = clock.now
    let failure = posix_spawn(&process, program.path, &actions, nil, &words, environ)
    if failure == 0 { while waitpid(process, &ending, 0) < 0 && errno == EINTR {} }
    milliseconds = (clock.now - start) / .milliseconds(1)
    status = failure != 0 ? failure : ending & 0x7f != 0 ? 128 + ending & 0x7f : ending >> 8 & 0xff
  }
}
