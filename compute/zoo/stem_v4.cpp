#include "zoo/stem_v4.h"

namespace inceptoscope {

static ModuleHeading heading(const StemV4::Name& name, std::string_view drawn)
{
    return {
        .name = name.name,
        .title = name.name,
        .kind = ModuleKind::Stem,
        .group = "Stem",
        .drawn = drawn,
        .path = name.path};
}

Tensor stemV4(Tensor x, const StemV4& names)
{
    constexpr std::string_view figure = "Szegedy et al. 2016, figure 3";
    constexpr ConvOptions halve{.stride = 2, .padding = 0};
    const PoolOptions floor{.ceilMode = false};
    x = convModule(x, heading(names.convolutions[0], figure), 32, 3, halve);
    x = convModule(x, heading(names.convolutions[1], figure), 32, 3, {.padding = 0});
    x = convModule(x, heading(names.convolutions[2], figure), 64, 3);
    {
        const ModuleScope module(x, heading(names.modules[0], figure));
        x = concat({x.maxPool("pool", 3, floor), x.conv(names.conv3a, 96, 3, halve)});
    }
    {
        const ModuleScope module(x, heading(names.modules[1], figure));
        x = concat({
            x.conv("branch0.0", 64, 1).conv("branch0.1", 96, 3, {.padding = 0}),
            x.conv("branch1.0", 64, 1)
                .conv("branch1.1", 64, {1, 7})
                .conv("branch1.2", 64, {7, 1})
                .conv("branch1.3", 96, 3, {.padding = 0}),
        });
    }
    const ModuleScope module(x, heading(names.modules[2], figure));
    return concat({x.conv(names.conv5a, 192, 3, halve), x.maxPool("pool", 3, floor)});
}

} // namespace inceptoscope
