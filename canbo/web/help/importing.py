"""Help of the import."""

from canbo.web.help.page import HelpPage

PAGES = {
    "import": HelpPage(
        title="Nhập danh sách",
        purpose="Đưa danh sách Excel hoặc CSV đang có vào hồ sơ; đọc thử trước, chỉ ghi khi bạn đồng ý.",
        steps=(
            "Chọn tệp, ghi ngày mà danh sách đúng, bấm “Đọc thử”.",
            "Xem các cột đã nhận ra và các dòng sẽ đổi.",
            "Bấm “Ghi”; dòng nào chưa ghi được có trong tệp kèm lý do.",
        ),
        mistakes=(
            "Ngày của danh sách là ngày danh sách đúng, không phải ngày nhập.",
            "Nhập lại một danh sách không tạo người mới; chỉ ghi phần khác.",
        ),
    ),
    "import-job": HelpPage(
        title="Một lần nhập",
        purpose="Kết quả đọc thử hoặc kết quả ghi của một tệp danh sách.",
        steps=(
            "Xem lại từng cột: “Ghi vào” có đúng không; cột chưa chắc được đánh dấu.",
            "Xem các dòng mới, thay đổi, chưa ghi được.",
            "Bấm “Ghi” khi đã đúng; có thể rời trang khi đang chạy.",
        ),
        mistakes=("Trước khi bấm “Ghi”, hồ sơ chưa thay đổi gì.",),
    ),
    "import-templates": HelpPage(
        title="Mẫu danh sách",
        purpose="Mẫu Excel cho từng loại danh sách, trống hoặc điền sẵn người của đơn vị.",
        steps=(
            "Chọn loại danh sách.",
            "Tải mẫu; danh mục để chọn có ngay trong tệp.",
            "Điền xong, gửi lại ở trang Nhập danh sách.",
        ),
        mistakes=("Không bắt buộc dùng mẫu: tệp đang dùng vẫn nhập được.",),
    ),
    "import-sheets": HelpPage(
        title="Chọn trang của tệp",
        purpose="Tệp có nhiều trang: chọn trang nào đọc, là loại danh sách gì, đúng từ ngày nào.",
        steps=(
            "Xem loại mà chương trình nhận ra.",
            "Sửa loại, ngày, đơn vị nếu chưa đúng.",
            "Bấm đi tiếp.",
        ),
        mistakes=("Trang ghi chú hoặc trang mẫu thì bỏ, không đọc.",),
    ),
}
