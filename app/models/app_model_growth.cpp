// What AppModel does for the channel view's "What does this channel look for?".
#include "models/app_model.h"

#include "file_name.h"

namespace inceptoscope {

void AppModel::connectGrowth()
{
    const auto follow = [this] {
        GrowthRequest target;
        const bool asks = m_channel.isOpen() && m_run.weightsKnown() && m_network;
        if (asks && NodeId(m_channel.node()) != m_network->graph.input()) {
            target.network = m_network->id;
            target.weights = fileBytes(m_run.weights().spec);
            target.node = m_network->graph[NodeId(m_channel.node())].name;
            target.channel = uint32_t(m_channel.channel());
        }
        m_growth.setTarget(target);
    };
    connect(&m_channel, &ChannelModel::channelChanged, this, follow);
    connect(&m_run, &RunModel::weightsChanged, this, follow);
    // The laboratory measures on the same device, and live pictures would begin it anew and anew.
    connect(&m_live, &LiveModel::stateChanged, this, [this] {
        if (m_live.active())
            m_growth.stop();
    });
    connect(this, &AppModel::viewChanged, &m_growth, &GrowthModel::stop);
    m_growth.study().askOf(m_engine);
}

} // namespace inceptoscope
