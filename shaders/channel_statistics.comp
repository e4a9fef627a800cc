// Minimum, maximum, mean and share of zeros of each channel; one invocation four channels.
#version 460

layout(local_size_x_id = 0) in;

layout(set = 0, binding = 0) uniform textureBuffer source;
layout(set = 0, binding = 1, std430) writeonly buffer Result
{
    vec4 result[]; // by channel: minimum, maximum, mean, share of zeros
};

layout(push_constant) uniform Push
{
    uint blocks;
    uint inBase;
    uint inRow;
    uint inPlane;
    uint width;
    uint height;
    uint outBase;
};

void main()
{
    const uint block = gl_GlobalInvocationID.x;
    if (block >= blocks)
        return;
    vec4 least = vec4(3.402823466e38);
    vec4 most = -least;
    vec4 mean = vec4(0.0);
    vec4 zeros = vec4(0.0);
    for (uint y = 0; y < height; ++y) {
        vec4 sum = vec4(0.0); // a sum a row loses less than one sum for all
        for (uint x = 0; x < width; ++x) {
            const vec4 a = texelFetch(source, int(inBase + block * inPlane + y * inRow + x));
            least = min(least, a);
            most = max(most, a);
            sum += a;
            zeros += vec4(equal(a, vec4(0.0)));
        }
        mean += sum;
    }
    const float pixels = float(width * height);
    mean /= pixels;
    zeros /= pixels;
    for (uint i = 0; i < 4u; ++i)
        result[outBase + block * 4u + i] = vec4(least[i], most[i], mean[i], zeros[i]);
}
