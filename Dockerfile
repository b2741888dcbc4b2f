# Wayside in a container: built on Debian 12, run on Debian 12 by somebody who is not root.

FROM swift:6.3-bookworm AS build
WORKDIR /src
# What set-up fetches changes less often than the sources.
COPY Scripts Scripts
COPY Tests/Clients/requirements.txt Tests/Clients/requirements.txt
RUN apt-get update && Scripts/setup && rm -rf /var/lib/apt/lists/*
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --static-swift-stdlib --product wayside \
    && swift build -c release --static-swift-stdlib --product wayside-darkroom
COPY Migrations Migrations
COPY Templates Templates
COPY Docs Docs
COPY Public Public
RUN Scripts/install /installed/usr/local

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl tzdata libexif12 libraw20 libturbojpeg0 libjpeg62-turbo \
        libopencv-core406 libopencv-imgproc406 libsqlite3-0 zlib1g libfreetype6 libpng16-16 libqrencode4 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin wayside \
    && install -d -o wayside -g wayside -m 700 /data
COPY --from=build /installed/ /
USER wayside
ENV WAYSIDE_DATA=/data WAYSIDE_HOST=0.0.0.0 WAYSIDE_PORT=8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["curl", "-fsS", "http://127.0.0.1:8080/api/live"]
ENTRYPOINT ["/usr/local/bin/wayside"]
CMD ["serve"]
