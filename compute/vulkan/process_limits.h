#pragma once

namespace inceptoscope {

/// Drivers start a thread a processor, and some hang or crash where they can't. Throws
/// Error(OutOfMemory) with a sentence where so many threads can't be started (ulimit -u, a
/// container's limit on processes), or where too little address space is left (ulimit -v).
void requireThreadsAndAddressSpace();

} // namespace inceptoscope
