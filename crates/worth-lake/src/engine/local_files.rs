//! Files of the local disk whatever their folders are called.
//!
//! `datafusion-ducklake` names files by object-store paths, in which characters beyond ASCII
//! and a few others are percent-encoded ("Cửa hàng #1" becomes `C%E1%BB%ADa h%C3%A0ng %231`),
//! while the local object store takes paths as they are. This store decodes them in between.

use std::fmt;

use async_trait::async_trait;
use futures::StreamExt;
use futures::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use percent_encoding::percent_decode_str;

/// The local disk, addressed by percent-encoded paths.
#[derive(Debug, Default)]
pub(super) struct LocalFiles {
    disk: LocalFileSystem,
}

impl fmt::Display for LocalFiles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.disk.fmt(formatter)
    }
}

fn decode(location: &Path) -> Result<Path> {
    let decoded = percent_decode_str(location.as_ref()).decode_utf8();
    let decoded = decoded.map_err(|source| object_store::Error::Generic {
        store: "local files",
        source: Box::new(source),
    })?;
    Ok(Path::parse(decoded)?)
}

#[async_trait]
impl ObjectStore for LocalFiles {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        self.disk
            .put_opts(&decode(location)?, payload, options)
            .await
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.disk
            .put_multipart_opts(&decode(location)?, options)
            .await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.disk.get_opts(&decode(location)?, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        let decoded = locations.map(|location| decode(&location?));
        self.disk.delete_stream(decoded.boxed())
    }

    /// Nothing in a lake is found by listing: its catalog knows every file.
    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        match prefix.map(decode).transpose() {
            Ok(prefix) => self.disk.list(prefix.as_ref()),
            Err(problem) => futures::stream::once(async { Err(problem) }).boxed(),
        }
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        let prefix = prefix.map(decode).transpose()?;
        self.disk.list_with_delimiter(prefix.as_ref()).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.disk
            .copy_opts(&decode(from)?, &decode(to)?, options)
            .await
    }
}
