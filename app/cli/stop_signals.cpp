#include "cli/stop_signals.h"

#include "files/temporaries.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <sys/resource.h>
#include <sys/time.h>
#include <system_error>
#include <unistd.h>

namespace inceptoscope {

namespace {

constexpr int signalBase = 128; // as shells report a signal
constexpr suseconds_t patience = 700'000;

std::atomic<bool> held{false};
std::atomic<int> wanted{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler uses them");

void say(const char* sentence)
{
    const ssize_t ignored = ::write(STDERR_FILENO, sentence, std::strlen(sentence));
    (void)ignored; // there is nobody left to tell
}

void onStop(int signal)
{
    if (!held || wanted.exchange(signal) != 0)
        endStopped(signal);
    const itimerval soon = {.it_interval = {}, .it_value = {.tv_sec = 0, .tv_usec = patience}};
    (void)setitimer(ITIMER_REAL, &soon, nullptr);
}

void onPatienceEnded(int)
{
    endStopped(wanted);
}

/// The kernel sends it in this process's own name, and the write that caused it then fails.
void onFileTooLarge(int signal, siginfo_t* info, void*)
{
    if (info->si_pid != getpid())
        endStopped(signal);
}

void onCrash(int)
{
    removeTemporaries();
    say("inceptoscope: the program or the device's driver came to its end for want of address "
        "space, which is limited here (ulimit -v); raise the limit\n");
    _exit(EXIT_FAILURE);
}

[[noreturn]] void onTerminate()
{
    try {
        if (const std::exception_ptr exception = std::current_exception())
            std::rethrow_exception(exception);
    } catch (const std::bad_alloc&) {
        removeTemporaries();
        say("inceptoscope: out of memory: the computer has too little for this\n");
        _exit(EXIT_FAILURE);
    } catch (const std::system_error& error) {
        removeTemporaries();
        say("inceptoscope: the system refused something that is needed: ");
        say(error.what());
        say("\n");
        _exit(EXIT_FAILURE);
    } catch (...) { // a fault of ours
    }
    std::abort();
}

void handle(int signal, void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    (void)sigaction(signal, &action, nullptr);
}

bool isIgnored(int signal)
{
    struct sigaction action = {};
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

void endStopped(int signal)
{
    removeTemporaries();
    _exit(signalBase + signal);
}

void endCleanlyWhenStopped()
{
    handle(SIGINT, onStop, SA_RESTART);
    handle(SIGTERM, onStop, SA_RESTART);
    if (!isIgnored(SIGHUP))
        handle(SIGHUP, onStop, SA_RESTART);
    handle(SIGALRM, onPatienceEnded, SA_RESTART);
    struct sigaction action = {};
    action.sa_sigaction = onFileTooLarge;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigemptyset(&action.sa_mask);
    (void)sigaction(SIGXFSZ, &action, nullptr);
}

StopsAreHeld::StopsAreHeld()
{
    held = true;
}

StopsAreHeld::~StopsAreHeld()
{
    held = false;
}

int stopSignal()
{
    return wanted;
}

void explainEndsForWantOfMemory()
{
    std::set_terminate(onTerminate);
    rlimit limit = {};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return;
    static char stack[64 << 10]; // a stack that can't grow is a reason to crash, too
    const stack_t own = {.ss_sp = stack, .ss_flags = 0, .ss_size = sizeof stack};
    (void)sigaltstack(&own, nullptr);
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT})
        handle(signal, onCrash, SA_ONSTACK | SA_RESETHAND);
}

} // namespace inceptoscope
