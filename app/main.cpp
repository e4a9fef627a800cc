#include "cli/command_line.h"

#include <cstdlib> // says which C library this is

#ifdef __GLIBC__
#include <malloc.h>
#endif

int main(int argc, char** argv)
{
#ifdef __GLIBC__
    // Otherwise glibc learns from the first big block to keep the memory of those that follow, and
    // libraries have freed one before main().
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
    mallopt(M_TRIM_THRESHOLD, 128 << 10);
#endif
    return inceptoscope::runCommandLine(argc, argv);
}
