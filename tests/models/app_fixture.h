#pragma once

#include "models/app_model.h"
#include "support/fake_engine_data.h"

#include <QTemporaryDir>

namespace inceptoscope {

/// The window's models without an engine, settings of their own, and snapshots to give them.
class AppFixture
{
protected:
    /// GoogLeNet, on a photograph: anew.
    void begin()
    {
        m_app.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_app = std::make_unique<AppModel>(nullptr, m_folder->filePath("settings.ini"));
        m_app->start(
            "googlenet", {},
            QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/coffee.png"));
    }
    [[nodiscard]] ModuleId id(std::string_view name) const
    {
        return m_app->network()->graph.findModule(name).value();
    }
    [[nodiscard]] FakeRun run(quint64 number = 1) const
    {
        QImage picture(60, 40, QImage::Format_RGB32);
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 60; ++x)
                picture.setPixel(x, y, qRgb(x * 4, y * 6, (x * y) % 256));
        return {m_app->network(), picture, m_app->style(), false, number};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppModel> m_app;
};

} // namespace inceptoscope
