// Sums over a workgroup; after the constant of its width.
shared vec4 parts[gl_WorkGroupSize.x];

// Of what each invocation has, in order: all of it in the first one, nothing in the others. Once a shader,
// which all invocations reach.
vec4 groupSum(vec4 mine)
{
    parts[gl_LocalInvocationID.x] = mine;
    barrier();
    vec4 all = vec4(0.0);
    if (gl_LocalInvocationID.x == 0u)
        for (uint i = 0; i < gl_WorkGroupSize.x; ++i)
            all += parts[i];
    return all;
}
