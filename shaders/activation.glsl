// The activation, for what ends in one: not below `lowest`. Drivers may take either operand of max()
// where the other is NaN; a network that computed NaN must say so, hence NaN stays.
vec4 activated(vec4 value, float lowest)
{
    return mix(max(value, vec4(lowest)), value, isnan(value));
}
