"""Run by the Python of QGIS, without a screen: opens the picture layer as a person would and prints what it sees as JSON.

Usage: qgis_features.py URL TOKEN COLLECTION WEST SOUTH EAST NORTH
"""
import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # noqa: E402  (the platform has to be set before)
    QgsApplication, QgsAuthMethodConfig, QgsDataSourceUri, QgsFeatureRequest, QgsRectangle, QgsVectorLayer)


def authentication(token):
    """Stored under Authentication as one makes it in QGIS 3.22, which has no header of one's own: the token as password."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("only for this run", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("wayside")
    config.setConfig("username", "ada")
    config.setConfig("password", token)
    manager.storeAuthenticationConfig(config)
    return config.id()


def layer(url, collection, authcfg, **settings):
    uri = QgsDataSourceUri()
    uri.setParam("url", url)
    uri.setParam("typename", collection)
    if authcfg:
        uri.setAuthConfigId(authcfg)
    for name, value in settings.items():
        uri.setParam(name, value)
    return QgsVectorLayer(uri.uri(False), "pictures", "OAPIF")


def main(url, token, collection, *box):
    application = QgsApplication([], False)
    application.initQgis()
    seen = {"without_token": layer(url, collection, None).isValid()}
    authcfg = authentication(token)
    pictures = layer(url, collection, authcfg, pageSize="7")
    seen["valid"] = pictures.isValid()
    seen["error"] = pictures.error().message()
    if pictures.isValid():
        # "Only request features overlapping the view extent": the server chooses.
        view = layer(url, collection, authcfg, restrictToRequestBBOX="1")
        seen["in_box"] = len(list(view.getFeatures(QgsFeatureRequest(QgsRectangle(*map(float, box))))))
        del view
        seen["count"] = pictures.featureCount()
        seen["geometry"] = pictures.wkbType()
        seen["crs"] = pictures.crs().authid()
        seen["fields"] = [field.name() for field in pictures.fields()]
        features = list(pictures.getFeatures())
        seen["points"] = sorted(
            [round(feature.geometry().asPoint().x(), 6), round(feature.geometry().asPoint().y(), 6)]
            for feature in features)
    print("SEEN " + json.dumps(seen))
    del pictures
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
