// What AppModel does for the dream of the module on stage.
#include "models/app_model.h"

#include "file_name.h"

namespace inceptoscope {

DreamModel::Subject AppModel::dreamSubject() const
{
    DreamModel::Subject subject;
    if (!m_network || !m_canStudy || !m_snapshot || m_snapshot->picture.isNull()) {
        subject.reason = tr("There is no run of a picture yet.");
        return subject;
    }
    if (m_live.active()) {
        subject.reason = tr("Live pictures take the device; stop them first.");
        return subject;
    }
    const Graph& graph = m_network->graph;
    const Module& module = graph.modules()[size_t(m_overview.current())];
    const Shape& shape = graph[module.output].shape;
    subject.network = m_network->id;
    subject.weights = fileBytes(m_snapshot->weights.spec);
    subject.moduleTitle = QString::fromStdString(module.title);
    subject.pictureTitle = m_snapshot->pictureTitle;
    subject.picture = m_snapshot->picture;
    if (module.output == graph.input())
        subject.reason = tr("The input sees nothing in the picture: it is the picture.");
    else if (shape.pixels() <= 1)
        subject.reason = tr("%1 has no maps, only one number a channel: choose a module before it.")
                             .arg(subject.moduleTitle);
    else
        subject.node = graph[module.output].name;
    return subject;
}

void AppModel::connectDream()
{
    const auto follow = [this] { m_dream.setSubject(dreamSubject()); };
    connect(this, &AppModel::snapshotShown, this, follow);
    connect(this, &AppModel::networkChanged, this, follow);
    connect(&m_overview, &OverviewModel::currentChanged, this, follow);
    connect(&m_live, &LiveModel::stateChanged, this, follow);
    // One thing at a time lies over the module.
    connect(&m_dream, &DreamModel::openChanged, this, [this] {
        if (!m_dream.isOpen())
            return;
        m_evidence.close();
        m_channel.close();
        m_stage.closeOp();
    });
    connect(&m_evidence, &EvidenceModel::questionChanged, this, [this] {
        if (m_evidence.isOpen())
            m_dream.close();
    });
    connect(&m_channel, &ChannelModel::channelChanged, this, [this] {
        if (m_channel.isOpen())
            m_dream.close();
    });
    connect(&m_stage, &StageModel::openedChanged, this, [this] {
        if (m_stage.opened())
            m_dream.close();
    });
    connect(this, &AppModel::viewChanged, &m_dream, &DreamModel::stop);
    m_dream.study().askOf(m_engine);
}

} // namespace inceptoscope
