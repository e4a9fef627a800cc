#include "weights/hostile_headers.h"

#include "weights/weight_files.h"

namespace inceptoscope {

static const std::string notJson = "its header is not JSON; it is damaged, or no safetensors file";
static const std::string tooDeep = "its header is nested deeper than 3 levels";

/// A header of one tensor "a" of two F32, 8 bytes, with other fields.
static std::string shaped(const std::string& shape, const std::string& offsets = "[0,8]")
{
    return "{" + entry("a", "F32", shape, offsets) + "}";
}

static std::string nested(const std::string& open, const std::string& close, size_t levels)
{
    std::string text;
    for (size_t i = 0; i < levels; ++i)
        text += open;
    text += "0";
    for (size_t i = 0; i < levels; ++i)
        text += close;
    return text;
}

/// {"0":1,"1":1,...}
static std::string manyMembers(size_t count)
{
    std::string text;
    for (size_t i = 0; i < count; ++i)
        text += (i == 0 ? "{\"" : ",\"") + std::to_string(i) + "\":1";
    return text + "}";
}

static std::string manyFields(size_t count)
{
    return "{\"a\":" + manyMembers(count) + "}";
}

std::vector<HostileHeader> malformedHeaders()
{
    const std::string a = entry("a", "F32", "[2]", "[0,8]");
    return {
        {"no header", "", 0, notJson},
        {"cut JSON", R"({"a":)", 0, notJson},
        {"text", "hello", 0, notJson},
        {"two values", "{}{}", 0, notJson},
        {"hidden behind a NUL", std::string("{}\0{}", 5), 0, notJson},
        {"NUL padding", "{" + a + "}" + std::string(3, '\0'), 8, notJson},
        {"byte order mark", "\xef\xbb\xbf{}", 0, notJson},
        {"broken UTF-8", "{\"\xff\":1}", 0, notJson},
        {"lone surrogate", R"({"\ud800":1})", 0, notJson},
        {"beyond a double", shaped("[1e400]"), 8, notJson},
        {"array", "[]", 0, "its header is not a JSON object"},
        {"array of tensors", "[{" + a + "}]", 8, "its header is not a JSON object"},
        {"number", "3", 0, "its header is not a JSON object"},
        {"null", "null", 0, "its header is not a JSON object"},
        {"nested shape", shaped("[[2]]"), 8, tooDeep},
        {"nested field", R"({"a":{"x":{"y":{"z":1}}}})", 0, tooDeep},
        {"200,000 arrays", nested("[", "]", 200'000), 0, "its header is not a JSON object"},
        {"200,000 arrays in a tensor", "{\"a\":" + nested("[", "]", 200'000) + "}", 0, tooDeep},
        {"200,000 objects", nested(R"({"a":)", "}", 200'000), 0, tooDeep},
        {"200,000 open arrays", R"({"a":)" + std::string(200'000, '['), 0, tooDeep},
        {"tensor twice", "{" + a + "," + a + "}", 8, R"(its header names "a" twice)"},
        {"tensor twice, escaped", "{" + a + R"(,"\u0061":1})", 8, R"(its header names "a" twice)"},
        {"field twice", R"({"a":{"dtype":"F32","dtype":"F16","shape":[2],"data_offsets":[0,8]}})",
         8, R"(its header names "dtype" twice)"},
        {"metadata twice", R"({"__metadata__":{},"__metadata__":{}})", 0,
         R"(its header names "__metadata__" twice)"},
        {"metadata key twice", R"({"__metadata__":{"k":"1","k":"2"}})", 0,
         R"(its header names "k" twice)"},
        {"metadata is a list", R"({"__metadata__":[]})", 0,
         "__metadata__ is not an object of strings"},
        {"metadata is null", R"({"__metadata__":null})", 0,
         "__metadata__ is not an object of strings"},
        {"metadata holds a number", R"({"__metadata__":{"k":1}})", 0,
         R"(__metadata__: "k" is not a string)"},
        {"metadata holds an object", R"({"__metadata__":{"k\n":{}}})", 0,
         R"(__metadata__: "k?" is not a string)"},
        {"101 fields", manyFields(101), 0,
         "its header has 101 names at one place, at most 100 are read"},
        {"many tensors", manyMembers(100'000), 0, R"(tensor "0" is not described by an object)"},
        {"tensor is a number", R"({"a":1})", 0, R"(tensor "a" is not described by an object)"},
        {"tensor is a list", R"({"a":[0,8]})", 8, R"(tensor "a" is not described by an object)"},
    };
}

static std::vector<HostileHeader> impossibleFields()
{
    const auto inShape = [](const std::string& value) {
        return "tensor \"a\" has " + value + " in its shape, a whole number from 0 on was expected";
    };
    return {
        {"no dtype", R"({"a":{"shape":[2],"data_offsets":[0,8]}})", 8,
         R"(tensor "a" has no dtype)"},
        {"dtype is a number", R"({"a":{"dtype":4,"shape":[2],"data_offsets":[0,8]}})", 8,
         R"(tensor "a" has no dtype)"},
        {"no shape", R"({"a":{"dtype":"F32","data_offsets":[0,8]}})", 8,
         R"(tensor "a" has no shape)"},
        {"shape is a number", shaped("2"), 8, R"(tensor "a" has no shape)"},
        {"no offsets", R"({"a":{"dtype":"F32","shape":[2]}})", 8,
         R"(tensor "a" has no data_offsets)"},
        {"unknown dtype", "{" + entry("a", "F31", "[2]", "[0,8]") + "}", 8,
         R"(tensor "a" has the unknown dtype "F31")"},
        {"dtype in small letters", "{" + entry("a", "f32", "[2]", "[0,8]") + "}", 8,
         R"(tensor "a" has the unknown dtype "f32")"},
        {"empty dtype", "{" + entry("a", "", "[2]", "[0,8]") + "}", 8,
         R"(tensor "a" has the unknown dtype "")"},
        {"negative", shaped("[-2]"), 8, inShape("-2")},
        {"fraction", shaped("[2.5]"), 8, inShape("2.5")},
        {"whole as a fraction", shaped("[2.0]"), 8, inShape("2.0")},
        {"string", shaped(R"(["2\n"])"), 8, inShape(R"("2\n")")},
        {"null", shaped("[null]"), 8, inShape("null")},
        {"one above 64 bits", shaped("[18446744073709551616]"), 8,
         inShape("1.8446744073709552e+19")},
        {"1e30", shaped("[1e30]"), 8, inShape("1e+30")},
        {"long string", shaped("[\"" + std::string(200, 'x') + "\"]"), 8,
         inShape("\"" + std::string(79, 'x') + "...")},
        {"9 dimensions", shaped("[1,1,1,1,1,1,1,1,2]"), 8,
         R"(tensor "a" has 9 numbers in its shape, at most 8 are allowed)"},
    };
}

static std::vector<HostileHeader> impossibleNames()
{
    const auto unnamed = [](const std::string& name) { return "{\"" + name + "\":{}}"; };
    const auto noDtype = [](const std::string& name) {
        return "tensor \"" + name + "\" has no dtype";
    };
    std::string umlauts;
    for (int i = 0; i < 60; ++i)
        umlauts += "\xc3\xa4";
    return {
        {"control characters", unnamed(R"(a\n\u001b[31m\u007f\u0000b)"), 0, noDtype("a??[31m??b")},
        {"C1 control characters", unnamed("a\xc2\x9b\x33\x31m\xc2\x80"), 0, noDtype("a?31m?")},
        {"80 characters", unnamed(std::string(80, 'x')), 0, noDtype(std::string(80, 'x'))},
        {"81 characters", unnamed(std::string(81, 'x')), 0, noDtype(std::string(80, 'x') + "...")},
        {"10,000 characters", unnamed(std::string(10'000, 'x')), 0,
         noDtype(std::string(80, 'x') + "...")},
        {"cut between characters", unnamed("x" + umlauts), 0,
         noDtype("x" + umlauts.substr(0, 78) + "...")},
        {"no name", unnamed(""), 0, noDtype("")},
    };
}

std::vector<HostileHeader> impossibleTensors()
{
    std::vector<HostileHeader> all = impossibleFields();
    for (HostileHeader& h : impossibleNames())
        all.push_back(std::move(h));
    return all;
}

static std::vector<HostileHeader> impossibleSizes()
{
    return {
        {"product above 64 bits", shaped("[4294967296,4294967296]"), 8,
         R"(tensor "a" has the impossible shape 4294967296x4294967296)"},
        {"bytes above 64 bits", shaped("[4611686018427387904]"), 8,
         R"(tensor "a" has the impossible shape 4611686018427387904)"},
        {"64 bits", shaped("[18446744073709551615]"), 8,
         R"(tensor "a" has the impossible shape 18446744073709551615)"},
        {"product wraps to the right size", shaped("[4611686018427387906]"), 8,
         R"(tensor "a" has the impossible shape 4611686018427387906)"},
        {"no offsets", shaped("[2]", "[]"), 8, R"(tensor "a" needs two data_offsets)"},
        {"1 offset", shaped("[2]", "[8]"), 8, R"(tensor "a" needs two data_offsets)"},
        {"3 offsets", shaped("[2]", "[0,8,8]"), 8,
         R"(tensor "a" has 3 numbers in its data_offsets, at most 2 are allowed)"},
        {"negative offset", shaped("[2]", "[-8,0]"), 8,
         R"(tensor "a" has -8 in its data_offsets, a whole number from 0 on was expected)"},
        {"begins after its end", shaped("[2]", "[8,0]"), 8,
         R"(tensor "a" begins at byte 8 and ends before it at 0)"},
        {"too few bytes", shaped("[2]", "[0,7]"), 7,
         R"(tensor "a" is 2 of F32, that is 8 bytes, but has 7)"},
        {"too many bytes", shaped("[2,3]", "[0,25]"), 25,
         R"(tensor "a" is 2x3 of F32, that is 24 bytes, but has 25)"},
        {"a scalar's bytes", shaped("[]", "[0,8]"), 8,
         R"(tensor "a" is scalar of F32, that is 4 bytes, but has 8)"},
        {"bytes of no values", shaped("[0,2]", "[0,8]"), 8,
         R"(tensor "a" is 0x2 of F32, that is 0 bytes, but has 8)"},
    };
}

std::vector<HostileHeader> impossibleRanges()
{
    const auto two = [](const std::string& first, const std::string& second) {
        return "{" + entry("a", "F32", "[2]", first) + "," + entry("b", "F32", "[2]", second) + "}";
    };
    std::vector<HostileHeader> all = impossibleSizes();
    const std::vector<HostileHeader> ranges = {
        {"truncated data", shaped("[2]"), 7,
         R"(tensor "a" ends at byte 8 of the data, the file has 7; it is truncated)"},
        {"no data", shaped("[2]"), 0,
         R"(tensor "a" ends at byte 8 of the data, the file has 0; it is truncated)"},
        {"end wraps around", shaped("[2]", "[18446744073709551607,18446744073709551615]"), 8,
         "tensor \"a\" ends at byte 18446744073709551615 of the data, the file has 8; "
         "it is truncated"},
        {"overlap", two("[0,8]", "[4,12]"), 12, R"(tensor "b" overlaps the one before it)"},
        {"same place", two("[0,8]", "[0,8]"), 8, R"(tensor "b" overlaps the one before it)"},
        {"nothing inside another",
         "{" + entry("a", "F32", "[2]", "[0,8]") + "," + entry("b", "F32", "[0]", "[4,4]") + "}", 8,
         R"(tensor "b" overlaps the one before it)"},
        {"overlap with one that isn't read",
         "{" + entry("a", "I64", "[1]", "[0,8]") + "," + entry("b", "F32", "[2]", "[4,12]") + "}",
         12, R"(tensor "b" overlaps the one before it)"},
        {"gap", two("[0,8]", "[12,20]"), 20, R"(tensor "b" leaves a gap of 4 bytes before it)"},
        {"gap at the start", shaped("[2]", "[4,12]"), 12,
         R"(tensor "a" leaves a gap of 4 bytes before it)"},
        {"trailing bytes", shaped("[2]"), 11, "it has 3 bytes behind its last tensor"},
        {"bytes without a tensor", "{}", 8, "it has 8 bytes behind its last tensor"},
    };
    all.insert(all.end(), ranges.begin(), ranges.end());
    return all;
}

} // namespace inceptoscope
