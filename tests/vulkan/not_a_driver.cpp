// A library as good as any that a manifest names by mistake.
extern "C" int answer()
{
    return 42;
}
