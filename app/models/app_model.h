#pragma once

#include "models/address/places.h"
#include "models/channel/channel_model.h"
#include "models/channel/growth_model.h"
#include "models/costs/costs_model.h"
#include "models/costs/peak_rounds.h"
#include "models/dream/dream_model.h"
#include "models/evidence/evidence_model.h"
#include "models/figure/figure_model.h"
#include "models/laboratory/laboratory_model.h"
#include "models/lessons/lessons_model.h"
#include "models/live/live_model.h"
#include "models/messages/messages.h"
#include "models/offered.h"
#include "models/open/open_model.h"
#include "models/overview/overview_model.h"
#include "models/picture/pictures.h"
#include "models/picture/samples.h"
#include "models/run_model.h"
#include "models/save/save_model.h"
#include "models/search/search_model.h"
#include "models/settings.h"
#include "models/stage/stage_model.h"
#include "models/versions/module_pair_model.h"
#include "models/versions/versions_model.h"
#include "models/weights/weights_choice.h"
#include "models/weights/weights_fetch.h"

namespace inceptoscope {

class Engine;

/// The root of all that the window shows. Works without an engine: then there is the network
/// with its costs, and whatever snapshots it is given.
class AppModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(inceptoscope::Settings* settings READ settings CONSTANT)
    Q_PROPERTY(inceptoscope::Messages* messages READ messages CONSTANT)
    Q_PROPERTY(inceptoscope::Pictures* pictures READ pictures CONSTANT)
    Q_PROPERTY(inceptoscope::WeightsChoice* weights READ weights CONSTANT)
    Q_PROPERTY(inceptoscope::OverviewModel* overview READ overview CONSTANT)
    Q_PROPERTY(inceptoscope::StageModel* stage READ stage CONSTANT)
    Q_PROPERTY(inceptoscope::ChannelModel* channel READ channel CONSTANT)
    Q_PROPERTY(inceptoscope::EvidenceModel* evidence READ evidence CONSTANT)
    Q_PROPERTY(inceptoscope::GrowthModel* growth READ growth CONSTANT)
    Q_PROPERTY(inceptoscope::DreamModel* dream READ dream CONSTANT)
    Q_PROPERTY(inceptoscope::CostsModel* costs READ costs CONSTANT)
    Q_PROPERTY(inceptoscope::VersionsModel* versions READ versions CONSTANT)
    Q_PROPERTY(inceptoscope::ModulePairModel* pair READ pair CONSTANT)
    Q_PROPERTY(inceptoscope::LaboratoryModel* laboratory READ laboratory CONSTANT)
    Q_PROPERTY(inceptoscope::RunModel* run READ run CONSTANT)
    Q_PROPERTY(inceptoscope::WeightsFetch* fetch READ fetch CONSTANT)
    Q_PROPERTY(inceptoscope::FigureModel* figure READ figure CONSTANT)
    Q_PROPERTY(inceptoscope::OpenModel* opener READ opener CONSTANT)
    Q_PROPERTY(inceptoscope::SaveModel* saver READ saver CONSTANT)
    Q_PROPERTY(inceptoscope::LiveModel* live READ live CONSTANT)
    Q_PROPERTY(inceptoscope::LessonsModel* lessons READ lessons CONSTANT)
    Q_PROPERTY(inceptoscope::Places* places READ places CONSTANT)
    Q_PROPERTY(inceptoscope::SearchModel* search READ search CONSTANT)
    Q_PROPERTY(QVariantList samples READ samples CONSTANT)
    /// See views.h.
    Q_PROPERTY(QVariantList views READ views CONSTANT)
    /// What the window shows: the id of one of the views.
    Q_PROPERTY(QString view READ view WRITE setView NOTIFY viewChanged)
    Q_PROPERTY(QStringList networks READ networks CONSTANT)
    Q_PROPERTY(QVariantList networkChoices READ networkChoices CONSTANT)
    Q_PROPERTY(QVariantMap networkFacts READ networkFacts NOTIFY networkChanged)
    Q_PROPERTY(QVariantMap knowledge READ knowledge NOTIFY knowledgeChanged)
    Q_PROPERTY(QString network READ networkId WRITE setNetworkId NOTIFY networkChanged)
    Q_PROPERTY(QSize inputSize READ inputSize NOTIFY networkChanged)
    Q_PROPERTY(bool auxiliary READ auxiliary WRITE setAuxiliary NOTIFY auxiliaryChanged)
    Q_PROPERTY(QStringList colormaps READ colormaps CONSTANT)

public:
    /// Throws Error for a broken manifest of weights.
    explicit AppModel(Engine* engine, const QString& settingsPath = {}, QObject* parent = nullptr);

    [[nodiscard]] Settings* settings() { return &m_settings; }
    [[nodiscard]] Messages* messages() { return &m_messages; }
    [[nodiscard]] Pictures* pictures() { return &m_pictures; }
    [[nodiscard]] WeightsChoice* weights() { return &m_weights; }
    [[nodiscard]] OverviewModel* overview() { return &m_overview; }
    [[nodiscard]] StageModel* stage() { return &m_stage; }
    [[nodiscard]] ChannelModel* channel() { return &m_channel; }
    [[nodiscard]] EvidenceModel* evidence() { return &m_evidence; }
    [[nodiscard]] GrowthModel* growth() { return &m_growth; }
    [[nodiscard]] DreamModel* dream() { return &m_dream; }
    [[nodiscard]] CostsModel* costs() { return &m_costs; }
    [[nodiscard]] VersionsModel* versions() { return &m_versions; }
    [[nodiscard]] ModulePairModel* pair() { return &m_pair; }
    [[nodiscard]] LaboratoryModel* laboratory() { return &m_laboratory; }
    [[nodiscard]] RunModel* run() { return &m_run; }
    [[nodiscard]] WeightsFetch* fetch() { return &m_fetch; }
    [[nodiscard]] FigureModel* figure() { return &m_figure; }
    [[nodiscard]] OpenModel* opener() { return &m_opener; }
    [[nodiscard]] SaveModel* saver() { return &m_saver; }
    [[nodiscard]] LiveModel* live() { return &m_live; }
    [[nodiscard]] LessonsModel* lessons() { return &m_lessons; }
    [[nodiscard]] Places* places() { return &m_places; }
    [[nodiscard]] SearchModel* search() { return &m_search; }
    [[nodiscard]] QVariantList views() const;
    [[nodiscard]] QString view() const { return m_settings.view(); }
    void setView(const QString& view);
    [[nodiscard]] QVariantList samples() const { return samplePictures(); }
    [[nodiscard]] QStringList networks() const;
    [[nodiscard]] QVariantList networkChoices() const; ///< see network_facts.h
    [[nodiscard]] QVariantMap networkFacts() const;
    /// {sentence, photographs}: what the weights in use know, see Knowledge.
    [[nodiscard]] QVariantMap knowledge() const;
    [[nodiscard]] QString networkId() const;
    void setNetworkId(const QString& id);
    [[nodiscard]] QSize inputSize() const;
    [[nodiscard]] bool auxiliary() const { return m_auxiliary; }
    void setAuxiliary(bool on);
    [[nodiscard]] QStringList colormaps() const;
    [[nodiscard]] std::shared_ptr<const Network> network() const { return m_network; }

    /// `picture` as addresses name it; empty: one that the weights know. `weights` empty: see
    /// WeightsChoice.
    void start(const QString& networkId, const QString& weights, const QString& picture);
    [[nodiscard]] FeatureMapStyle style() const;
    /// What the network's outputs are called; null while nobody knows.
    [[nodiscard]] std::shared_ptr<const ClassLabels> labels() const;

    Q_INVOKABLE void openVideo(const QUrl& url);
    Q_INVOKABLE void openWeights(const QUrl& url);
    /// Names the classes of the weights in use, until others are opened.
    Q_INVOKABLE void openLabels(const QUrl& url);
    Q_INVOKABLE void paste();
    Q_INVOKABLE bool drop(const QList<QUrl>& urls);
    Q_INVOKABLE void openChannel(int node, int channel);
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void rerun();
    /// Has the device's peaks measured, unless that was asked for before.
    Q_INVOKABLE void measurePeaks();
    [[nodiscard]] bool peaksSettled() const { return m_peaks.settled(); }
    /// Sets the module on stage beside another, in the Versions view.
    Q_INVOKABLE void compareModule();
    /// Of branches and kinds, the same in the window and in charts.
    Q_INVOKABLE QStringList palette(bool dark) const;
    /// Goes to the module on stage in the Costs view.
    Q_INVOKABLE void showCosts();
    /// Goes to a module in the Modules view.
    Q_INVOKABLE void showModuleOf(int module);
    Q_INVOKABLE QImage gradient(const QString& colormap) const;

    void onSnapshot(std::shared_ptr<const RunSnapshot> snapshot);
    void onChannel(std::shared_ptr<const ChannelData> channel);
    void onDeviceReady(const QString& device);
    void onDeviceFailed(const QString& sentence);
    void onFailed(const QString& sentence);
    void onFrameFailed(const QString& sentence);
    void onProgress(const QString& what, double fraction);
    void onWeightsLoaded(const WeightsState& weights);

Q_SIGNALS:
    void viewChanged();
    void networkChanged();
    void auxiliaryChanged();
    void knowledgeChanged();
    void snapshotShown(bool complete);

private:
    void connectEngine();
    void connectModels();
    void connectVersions();
    void connectPair();
    void connectEvidence();
    void connectLaboratory();
    [[nodiscard]] WeightsAtHand weightsAtHand() const;
    void connectGrowth();
    void connectDream();
    [[nodiscard]] DreamModel::Subject dreamSubject() const;
    void connectLive();
    void connectLessons();
    void loadNetwork(const QString& id);
    void adopt(const std::shared_ptr<const Network>& network);
    void showModule();
    void usePicture(const LoadedPicture& picture);
    void showPicture(const QImage& picture, const QString& title);
    bool take(const Offered& offered);
    void open(const QString& kind, const QUrl& file); ///< what the open dialog chose
    /// What `url` names; empty, and said, where it is not on this computer.
    [[nodiscard]] QString localPath(const QUrl& url, const QString& otherwise);

    Engine* m_engine;
    const WeightsStore m_store;
    Settings m_settings;
    Messages m_messages;
    Pictures m_pictures{m_messages};
    WeightsChoice m_weights{m_store, m_settings, m_messages};
    OverviewModel m_overview;
    StageModel m_stage;
    ChannelModel m_channel;
    EvidenceModel m_evidence;
    GrowthModel m_growth;
    DreamModel m_dream;
    CostsModel m_costs;
    PeakRounds m_peaks;
    VersionsModel m_versions;
    ModulePairModel m_pair;
    LaboratoryModel m_laboratory;
    bool m_canStudy = false; ///< there is a device
    RunModel m_run;
    LiveModel m_live;
    LessonsModel m_lessons{m_settings};
    WeightsFetch m_fetch{m_store};
    FigureModel m_figure;
    OpenModel m_opener{m_settings};
    SaveModel m_saver{m_settings};
    std::shared_ptr<const Network> m_network;
    std::shared_ptr<const RunSnapshot> m_snapshot;
    bool m_auxiliary = false;
    bool m_auxiliaryUntried = false; ///< asked for, and no run has shown yet that they can run
    Places m_places{*this};
    SearchModel m_search{*this};
};

} // namespace inceptoscope
