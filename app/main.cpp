#include "cli/command_line.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

int main(int argc, char** argv)
{
#ifdef __GLIBC__
    // Otherwise glibc learns from the first big tensor to keep the memory of those that follow.
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
    return inceptoscope::runCommandLine(argc, argv);
}
