# The reverse proxy with its configuration. Build from the root of the checkout:
#   docker build --file deploy/docker/proxy.Dockerfile --tag tutor/proxy:local .

ARG CADDY_IMAGE=caddy:2.11.7-alpine
ARG ALPINE_IMAGE=alpine:3.22.2

FROM ${CADDY_IMAGE} AS caddy
# The program's right to low ports lies beside the file and keeps it from starting where all
# capabilities are dropped; a copy has none.
RUN cp /usr/bin/caddy /caddy

FROM ${ALPINE_IMAGE} AS proxy
COPY --from=caddy /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=caddy /caddy /usr/local/bin/caddy
COPY deploy/proxy/Caddyfile /etc/caddy/Caddyfile
RUN adduser -D -H -u 10001 tutor \
    && mkdir -p /data /config \
    && chown tutor /data /config
ENV XDG_DATA_HOME=/data XDG_CONFIG_HOME=/config
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8080 8443
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["wget", "--quiet", "--output-document=/dev/null", "http://127.0.0.1:8081/"]
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
